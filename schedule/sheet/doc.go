// Package sheet writes a plan for people: an HTML page to read and to print, an
// SVG timeline, plain text for a terminal, and the sessions as CSV.
//
// [New] reads a plan once and returns a [*Sheet], which is immutable; its Write
// methods give the same bytes every time.
//
// # Privacy
//
// A page lies on tables and hangs on refrigerators. By default it says when to
// come and what to do, and nothing else: no drug, dose, diagnosis, phase or
// name. [Options] adds what a caller asks for. The texts of the protocol's tasks
// are shown as they are; [Options.Text] rewords them, or leaves them out.
//
// # Languages
//
// A [Locale] has the words, the order of dates, the first day of the week and
// the clock. Five come with the package; each is plain data to be changed or
// replaced. The texts of a protocol are English. In any other language all of
// those that are shown must come from [Options.Text]: a missing one is an
// [*UntranslatedError], never English in the middle of another language. Lines
// of dose worksheets are English and cannot be had in another language.
//
// # The page
//
// One file without scripts, fonts, pictures or addresses from elsewhere but those of the
// contacts. It begins with the next visit: when and where, what to do before it, who
// takes the patient home, whom to call. Then it has the months as grids, those with one
// or two visits as a line, the visits as a table, what to do before and after, the timeline, and
// what has to be decided. Narrow screens have a list instead, which begins with the next
// four visits and folds the others. It prints on A4 and Letter. It follows WCAG 2.2 AA:
// headings and tables are real ones, each state is a word, and nothing depends on colour.
// [Options.Form] makes it one sheet of paper to hang up, or one for the staff to fill in
// and to sign. docs/SHEET.md has every option.
//
// # Texts that are refused
//
// Every text of the caller and of the plan is one line of UTF-8 without control
// characters, line breaks and characters that override the direction of
// writing. Anything else is an [*OptionError]: nothing is repaired silently.
package sheet
