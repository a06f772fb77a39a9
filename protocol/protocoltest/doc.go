// Package protocoltest tests protocol files: for people who keep them in a repository
// and want each change looked at before a patient meets it. [TestFS] works with every
// test framework, since all it returns is an error:
//
//	var update = flag.Bool("update", false, "write the expected results anew")
//
//	func TestProtocols(t *testing.T) {
//		o := protocoltest.Options{}
//		if *update {
//			o.Write = func(name string, data []byte) error { return os.WriteFile(filepath.Join("protocols", name), data, 0o644) }
//		}
//		if err := protocoltest.TestFS(os.DirFS("protocols"), "*.json", o); err != nil {
//			t.Fatal(err)
//		}
//	}
//
// # Expected problems
//
// Every file is read, compiled and looked at by the rules of the package lint, alone and
// together with the others. What is found and is above info, and what no clinic could
// ever plan, is a failure unless a file beside it expects it: taper.want beside
// taper.json. It has one line for each problem, the code and the place:
//
//	window-wide /phases/1/window/after: a session of "taper" may be 4 days after its date
//	labels-unsaid /labels
//
// What stands after the colon is for whoever reads the file and is not compared. Lines
// that begin with # are comments. What is expected and not found is a failure too.
//
// # Worked calendars
//
// A worked calendar is what somebody has computed by hand, beside the protocol, in a file
// of the same name: taper.calendar or, where there are several, taper.holidays.calendar.
// On top it says for whom the plan is, then there is one line for each session with its
// date, its day counted from the start, and its dose:
//
//	# 0.5 mg/kg of 72 kg is 36 mg.
//	parameter basis = actual
//	start 2025-01-06
//	weight 72 kg
//
//	2025-01-06 1 36 mg
//	2025-01-08 3 36 mg
//
// A session without a drug has no dose. Behind the dose are its planned parts, in brackets,
// and the medicines that are planned beside the drug; what is on a condition is not there.
// A visit of a monitoring has a line with its name, after the sessions of its day:
//
//	2025-02-04 1 5250 mg (bolus 750 mg, infusion 4500 mg)
//	2025-02-04 1 1870 mg, carboplatin 300 mg
//	2025-02-11 8 blood count
//
// Companions and follow-ups are not in it. On top there may be also "until 2025-06-30", for a
// cadence without end; "weight 2025-02-03 74 kg", for a later weighing; "height 175 cm"
// and "sex female"; "open Mon,Tue,Fri" and "closed 2025-01-20", for a clinic that is not
// open every day. The plan is made as for a patient, with the exact best placement, and
// each line that differs is a failure.
package protocoltest
