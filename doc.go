// Package regimen is the root of a library that turns a treatment protocol,
// one patient's facts and one clinic's calendar into a dated plan of sessions
// with exact doses. It holds no code of its own; import what you need:
//
//   - [github.com/regimen-go/regimen/dose]: what to give. Exact quantities,
//     dose rules, limits and the calculation behind every number. No dates.
//   - [github.com/regimen-go/regimen/protocol]: what is prescribed. Cadences,
//     phases and whole protocols. No patients, no calendars.
//   - [github.com/regimen-go/regimen/protocol/catalog]: the protocols that
//     ship, each with its sources.
//   - [github.com/regimen-go/regimen/schedule/clinic]: when a clinic is open.
//   - [github.com/regimen-go/regimen/schedule]: one patient's plan. Targets,
//     windows, placement and doses, and what becomes of them.
//
// Imports point one way: dose <- protocol <- schedule/clinic <- schedule, and
// whatever presents a plan stands on schedule. A package that an app does not import costs it
// nothing.
//
// The library decides nothing clinical: each clinical choice is data with a
// source, and a missing one is an error, never a default. It reads no clock,
// file, network or environment: the caller passes instants, zones, bytes and
// writers. Nothing is random except what the caller puts into a plan's key,
// so the same inputs give the same bytes.
package regimen
