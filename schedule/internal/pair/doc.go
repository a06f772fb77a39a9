// Package pair finds out which sessions of a protocol the entries of a record
// are: of two lists of days, the pairing in order that costs least. It knows
// neither protocols nor plans.
package pair
