package sheet

// Words are the texts of a sheet.
type Words struct {
	Title    string // "Your visits"
	Next     string // "Next visit"
	Calendar string
	Visits   string // heading of the list
	Timeline string
	// AsOf has {time}, Zone has {zone}, ZoneTime has {city}: "New York time".
	AsOf, Zone, ZoneTime string
	// Replaced says that a newer sheet counts.
	Replaced string
	// None says that no visits are planned.
	None string

	// Today and Tomorrow stand beside a day.
	Today, Tomorrow string
	// Coming heads the visits that come next, Later and Past, which have {n}, the others
	// on a narrow screen. NoVisits says so of a month.
	Coming, Later, Past, NoVisits string

	// Visit has {n}; VisitOf has {n} and {all}; VisitList has {list}.
	Visit, VisitOf, VisitList string
	// Other is a visit that accompanies a session, FollowUp one after the last, and
	// Monitoring one on a cadence of its own.
	Other, FollowUp, Monitoring string

	// The headings of columns. Window is the stretch of days that a visit may
	// be moved to.
	ColumnVisit, ColumnDate, ColumnTime, ColumnState, ColumnWindow, ColumnDose string
	// Movable, which has {days}, says that a visit can be moved to other days, and to
	// call for that.
	Movable string
	// Or stands between doses that are allowed. NoDose says that the dose cannot
	// be computed yet.
	Or, NoDose string

	Planned, Provisional, Given, Missed, Cancelled, Held string
	// Overdue is a visit whose time is past and of which nobody has recorded what
	// became of it.
	Overdue string
	// LeftOut is a session for which there was no room.
	LeftOut string
	// Lost is a visit to come whose day or time no longer holds, whatever its state.
	// LostNote, which has {list}, says that nobody should come to those visits unless
	// the clinic confirms them.
	Lost, LostNote string
	// GoesOn says that the treatment goes on again.
	GoesOn string
	// OnHold, Stopped, Completed and RunOut say what has become of the treatment where
	// it does not just go on; after RunOut no more visits are planned yet.
	OnHold, Stopped, Completed, RunOut string
	// NoTime and NoDate say that it is not known yet.
	NoTime, NoDate string

	// ToDo is the heading, Before, During and After those of its parts.
	ToDo, Before, During, After string
	// DayBefore and NextDay have {time}; DaysBefore and DaysAfter also {n}.
	DayBefore, NextDay, DaysBefore, DaysAfter string
	// Range has {from} and {to}.
	Range string
	// Hours and Minutes have {n}.
	Hours, Minutes string
	// The moments of a visit whose time is not known yet.
	Arrival, Start, End, Departure MomentWords
	// Take has {what}: a medicine beside the drug, which is Medicine where no drug is named.
	// IfNeeded stands where it is given on a condition only.
	Take, Medicine, IfNeeded string

	Decisions string
	// Decision, of one that is open, and Decided have {n}; Depends has {state},
	// the word for provisional.
	Decision, Decided, Depends string
	Checkpoint                 string // in the legend of the timeline

	Worksheets string

	// Where, Bring, Note and Home head what there is to know of a visit: the place, what to
	// bring, what else to know, and who takes the patient home. HomeOpen says that this
	// is not arranged yet. EveryVisit heads what holds for all visits.
	Where, Bring, Note, Home, HomeOpen, EveryVisit string

	// Contact heads the contacts, and Appointments, Unwell and Emergency say what each is
	// for. Always stands where somebody answers day and night. AskClinic says whom to ask
	// where there is no contact.
	Contact, Appointments, Unwell, Emergency, Always, AskClinic string

	// Since, which has {time}, heads what has changed since an earlier sheet, and
	// Unchanged says that nothing has.
	Since, Unchanged string
	// New and Changed mark a visit. Was has {was}, what the earlier sheet said of it.
	New, Changed, Was string
	// NowVisit has {visit} and {now}; MovedVisit also {was}; OtherState has {visit} and
	// {state}; OtherDays, OtherTasks and OtherDose have {visit}; OtherCount has {n} and {was}. Gone
	// says that a visit is no longer planned.
	NowVisit, MovedVisit, OtherState, OtherDays, OtherTasks, OtherDose, OtherCount, Gone string

	// Room heads the room for notes on paper. More has {n}, the number of visits for which
	// one page had no room.
	Room, More string
	// ResultDue and ResultNotOK, which have {name}, say of a result that a session needs that
	// it is not known, and that it is not ok. ResultWithin has {n}, how many days old it may
	// be; ResultToday stands where it has to be of the same day.
	ResultDue, ResultNotOK, ResultWithin, ResultToday string
	// Checks heads the visits of a monitoring for staff, who write down the result of each.
	// Verdict heads what they tick: OK, with which sessions that need the result can go on,
	// or NotOK.
	Checks, Verdict, OK, NotOK string
	// ToGive heads what is given at a session where that is several: the parts of the dose,
	// the drug and the medicines beside it, each named in the column ColumnMedicine.
	ToGive, ColumnMedicine string
	// What staff write down and sign: SignOff heads it. Planned and given doses are told
	// apart; Result and Initials are columns beside the tasks.
	SignOff, Task, PlannedTime, Result, Initials                  string
	DosePlanned, DoseGiven, Weight, GivenBy, CheckedBy, GivenTime string
}

// MomentWords say when something is done: At a moment, or {time} Before or
// After it.
type MomentWords struct{ Before, At, After string }

func (w *Words) fields() []field {
	fields := []field{
		{"Title", w.Title, ""},
		{"Next", w.Next, ""},
		{"Calendar", w.Calendar, ""},
		{"Visits", w.Visits, ""},
		{"Timeline", w.Timeline, ""},
		{"AsOf", w.AsOf, "{time}"},
		{"Zone", w.Zone, "{zone}"},
		{"ZoneTime", w.ZoneTime, "{city}"},
		{"Replaced", w.Replaced, ""},
		{"None", w.None, ""},
		{"Today", w.Today, ""},
		{"Tomorrow", w.Tomorrow, ""},
		{"Coming", w.Coming, ""},
		{"Later", w.Later, "{n}"},
		{"Past", w.Past, "{n}"},
		{"NoVisits", w.NoVisits, ""},
		{"Visit", w.Visit, "{n}"},
		{"VisitOf", w.VisitOf, "{n} {all}"},
		{"VisitList", w.VisitList, "{list}"},
		{"Other", w.Other, ""},
		{"FollowUp", w.FollowUp, ""},
		{"Monitoring", w.Monitoring, ""},
		{"ColumnVisit", w.ColumnVisit, ""},
		{"ColumnDate", w.ColumnDate, ""},
		{"ColumnTime", w.ColumnTime, ""},
		{"ColumnState", w.ColumnState, ""},
		{"ColumnWindow", w.ColumnWindow, ""},
		{"ColumnDose", w.ColumnDose, ""},
		{"Movable", w.Movable, "{days}"},
		{"Or", w.Or, ""},
		{"NoDose", w.NoDose, ""},
		{"Planned", w.Planned, ""},
		{"Provisional", w.Provisional, ""},
		{"Given", w.Given, ""},
		{"Missed", w.Missed, ""},
		{"Cancelled", w.Cancelled, ""},
		{"Held", w.Held, ""},
		{"Overdue", w.Overdue, ""},
		{"LeftOut", w.LeftOut, ""},
		{"Lost", w.Lost, ""},
		{"LostNote", w.LostNote, "{list}"},
		{"GoesOn", w.GoesOn, ""},
		{"OnHold", w.OnHold, ""},
		{"Stopped", w.Stopped, ""},
		{"Completed", w.Completed, ""},
		{"RunOut", w.RunOut, ""},
		{"NoTime", w.NoTime, ""},
		{"NoDate", w.NoDate, ""},
		{"ToDo", w.ToDo, ""},
		{"Before", w.Before, ""},
		{"During", w.During, ""},
		{"After", w.After, ""},
		{"DayBefore", w.DayBefore, "{time}"},
		{"NextDay", w.NextDay, "{time}"},
		{"DaysBefore", w.DaysBefore, "{time} {n}"},
		{"DaysAfter", w.DaysAfter, "{time} {n}"},
		{"Range", w.Range, "{from} {to}"},
		{"Hours", w.Hours, "{n}"},
		{"Minutes", w.Minutes, "{n}"},
	}
	for _, m := range []struct {
		name  string
		words MomentWords
	}{{"Arrival", w.Arrival}, {"Start", w.Start}, {"End", w.End}, {"Departure", w.Departure}} {
		fields = append(
			fields,
			field{m.name + ".Before", m.words.Before, "{time}"}, field{m.name + ".At", m.words.At, ""}, field{m.name + ".After", m.words.After, "{time}"},
		)
	}
	return append(
		fields,
		field{"Take", w.Take, "{what}"}, field{"Medicine", w.Medicine, ""}, field{"IfNeeded", w.IfNeeded, ""},
		field{"Decisions", w.Decisions, ""}, field{"Decision", w.Decision, "{n}"}, field{"Decided", w.Decided, "{n}"}, field{"Depends", w.Depends, "{state}"},
		field{"Checkpoint", w.Checkpoint, ""}, field{"Worksheets", w.Worksheets, ""},
		field{"Where", w.Where, ""}, field{"Bring", w.Bring, ""}, field{"Note", w.Note, ""}, field{"Home", w.Home, ""}, field{"HomeOpen", w.HomeOpen, ""},
		field{"EveryVisit", w.EveryVisit, ""},
		field{"Contact", w.Contact, ""}, field{"Appointments", w.Appointments, ""}, field{"Unwell", w.Unwell, ""}, field{"Emergency", w.Emergency, ""},
		field{"Always", w.Always, ""}, field{"AskClinic", w.AskClinic, ""},
		field{"Since", w.Since, "{time}"}, field{"Unchanged", w.Unchanged, "{time}"},
		field{"New", w.New, ""}, field{"Changed", w.Changed, ""}, field{"Was", w.Was, "{was}"},
		field{"NowVisit", w.NowVisit, "{visit} {now}"}, field{"MovedVisit", w.MovedVisit, "{visit} {now} {was}"},
		field{"OtherState", w.OtherState, "{visit} {state}"}, field{"OtherDays", w.OtherDays, "{visit}"}, field{"OtherTasks", w.OtherTasks, "{visit}"},
		field{"OtherDose", w.OtherDose, "{visit}"}, field{"OtherCount", w.OtherCount, "{n} {was}"}, field{"Gone", w.Gone, ""},
		field{"Room", w.Room, ""}, field{"More", w.More, "{n}"},
		field{"ResultDue", w.ResultDue, "{name}"}, field{"ResultNotOK", w.ResultNotOK, "{name}"}, field{"ResultWithin", w.ResultWithin, "{n}"}, field{"ResultToday", w.ResultToday, ""},
		field{"Checks", w.Checks, ""}, field{"Verdict", w.Verdict, ""}, field{"OK", w.OK, ""}, field{"NotOK", w.NotOK, ""},
		field{"ToGive", w.ToGive, ""}, field{"ColumnMedicine", w.ColumnMedicine, ""},
		field{"SignOff", w.SignOff, ""}, field{"Task", w.Task, ""}, field{"PlannedTime", w.PlannedTime, ""}, field{"Result", w.Result, ""}, field{"Initials", w.Initials, ""},
		field{"DosePlanned", w.DosePlanned, ""}, field{"DoseGiven", w.DoseGiven, ""}, field{"Weight", w.Weight, ""}, field{"GivenBy", w.GivenBy, ""},
		field{"CheckedBy", w.CheckedBy, ""}, field{"GivenTime", w.GivenTime, ""},
	)
}
