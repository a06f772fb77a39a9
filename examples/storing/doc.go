// Package storing keeps plans in SQLite or PostgreSQL: the code of docs/STORING.md, which
// says why each part is as it is. A test holds the two together.
//
//   - schema/ has the tables, one file for each version of them;
//   - store.go opens a database, brings it to the latest version and reads plans;
//   - save.go saves a plan with everything that follows from it, in one transaction and only
//     where nobody else has saved it since;
//   - worklist.go asks who is due, without a plan;
//   - everybody.go tells all plans of a closure, and writes all of them anew.
package storing
