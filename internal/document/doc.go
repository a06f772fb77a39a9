// Package document reads and writes the JSON files of this module: protocols,
// clinics, plans, events. It reads strictly and reports every problem at once,
// with line and column, because what it reads is written by people and decides
// what patients are given.
//
// # Reading
//
// [Parse] reads a whole file into a [Document]. Typed decoders then ask its
// values for what they want; a value that is something else, is missing or is
// not known adds a problem and decodes as a zero value. So a decoder needs no
// error handling of its own: it decodes everything, and [Document.Err] says at
// the end whether the result means anything.
//
//	func parsePhase(f *document.Fields) Phase {
//		return Phase{
//			Name:    f.Required("name").Text(),
//			Cadence: document.Parsed(f.Required("cadence"), ParseCadence),
//			MinGap:  f.Optional("minGap").Int(1, 365),
//			Visits:  document.Objects(f.Optional("visits"), parseVisit),
//		}
//	}
//
//	doc := document.Parse("levine.json", src)
//	phase := document.Object(doc.Root(), parsePhase)
//	if err := doc.Err(); err != nil {
//		return Phase{}, err
//	}
//
// The keys an object may have are those its decoder has asked for; any other is
// a problem. What a later check of the decoded values refuses gets its position
// through [Node.Refuse] or, if all it knows is a JSON Pointer,
// [Document.Refuse].
//
// # Strictness
//
// Besides what is not JSON by RFC 8259, these are problems:
//
//   - more than [MaxSize] bytes, which is checked before anything else, nesting
//     deeper than [MaxDepth], more than [MaxMembers] members of an object and more
//     than [MaxItems] elements of a list;
//   - anything after the value, a byte order mark, bytes that are not UTF-8, half
//     a surrogate pair such as "\ud800" alone;
//   - a key twice in an object, even when written with different escapes;
//   - null, and values of another type than wanted: no text is taken for a
//     number and no number for text;
//   - unknown keys, and keys that are known with other capitals.
//
// Nothing can be read after a mistake in the syntax, nor where nesting is too deep
// or a container has too much in it: then there is no [Document.Root], and the
// problems are those found up to there. Problems with a limit wrap [ErrLimit].
//
// # Problems
//
// A [Problem] prints as
//
//	levine.json:4:15: /phases/1/taper: want a count, got "0" [value]
//
// Lines and columns count from 1, columns in characters (runes); a line ends
// with a line feed. Parts that are empty, such as the pointer to the whole
// document, are left out. [Problems] are in the order of their positions. The
// first [MaxProblems] are kept and the others counted.
//
// # Writing
//
// [Writer] writes the canonical form of a file: two documents with the same
// values in the same order have the same bytes.
//
// # Cost
//
// Time is linear in the size of the input, which is read in one pass. What a
// document keeps is the input and 24 bytes for each value and key.
package document
