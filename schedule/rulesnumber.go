package schedule

// Rules is the number of the rules by which this version makes plans: it is raised
// whenever the same request, protocols, answers of a clinic and entries give another
// plan than before, such as another day, dose or revision. A plan file has it for the
// plan as it was built, and for each entry that was applied since; [Plan.Verify] says by
// it whether a plan that is computed otherwise now is one that other rules made.
//
//   - 1: the first.
const Rules = 1
