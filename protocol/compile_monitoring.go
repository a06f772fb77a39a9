package protocol

import "strconv"

// maxMonitoring is the largest number of series of a protocol: each is planned on its
// own, up to the largest number of sessions.
const maxMonitoring = 100

func monitoringPlace(i int) string { return "/monitoring/" + strconv.Itoa(i) }

// monitoringSizes checks that no list of the monitoring is so long that to check it
// would take long.
func (c *compiler) monitoringSizes() {
	if n := len(c.spec.Monitoring); n > maxMonitoring {
		c.errs.add("/monitoring", strconv.Itoa(n), "want at most 100 series of visits", CodeTooLong, ErrInvalid)
	}
	for i, m := range c.spec.Monitoring {
		at := monitoringPlace(i)
		c.visitSize(at, m.Visit)
		c.size(at+"/weekdays", len(m.Weekdays))
		c.size(at+"/before", len(m.Before))
	}
}

// monitoring checks the visits on a cadence of their own.
func (c *compiler) monitoring() {
	if len(c.spec.Monitoring) == 0 {
		return
	}
	names, planned := c.otherNames(), 0
	for i, m := range c.spec.Monitoring {
		at := monitoringPlace(i)
		c.required(at+"/name", m.Name)
		if other, used := names[m.Name]; used {
			c.errs.add(at+"/name", m.Name, "want a name that no other visit has: it is that of "+other, CodeDuplicate, ErrInvalid)
		} else {
			names[m.Name] = at
		}
		c.series(at, &m)
		if n, ends := m.Cadence.Sessions(); ends {
			planned += n
		}
		c.timetable(at+"/visit", m.Visit)
		c.line(at+"/elsewhere", m.Elsewhere)
		if m.Elsewhere == "" && m.Open != (DaySet{}) && !c.unread(at+"/elsewhere") {
			c.errs.add(at+"/open", m.Open.String(), "want days of a visit that takes place elsewhere: when the clinic is open its calendar says", CodeValue, ErrInvalid)
		}
		if m.Window != nil {
			c.window(at+"/window", *m.Window)
		}
		for _, err := range checkWeekdays(m.Weekdays) {
			err.Place = at + err.Place
			c.errs = append(c.errs, err)
		}
		for k, n := range m.Before {
			c.resultNeeded(at+"/before/"+strconv.Itoa(k), n)
		}
		if m.Source != "" && !c.hasSource(m.Source) {
			c.errs.add(at+"/source", m.Source, "want the key of a source", CodeUnknownRef, ErrInvalid)
		}
	}
	if planned > maxSessions {
		c.errs.add("/monitoring", strconv.Itoa(planned), "want at most 20000 visits in all", CodeTooLong, ErrInvalid)
	}
}

// otherNames returns the places of the names of visits beside the sessions: what took
// place is told by its name.
func (c *compiler) otherNames() map[string]string {
	names := map[string]string{}
	for i := range c.phases {
		for k, companion := range c.phases[i].Companions {
			names[companion.Name] = "/phases/" + strconv.Itoa(i) + "/companions/" + strconv.Itoa(k)
		}
	}
	for i, f := range c.spec.FollowUps {
		names[f.Name] = "/followUps/" + strconv.Itoa(i)
	}
	delete(names, "")
	return names
}

// series checks when the visits of a series are.
func (c *compiler) series(at string, m *Monitoring) {
	switch {
	case m.Cadence.IsZero():
		c.errs.add(at+"/cadence", "", "want how often the visits are", CodeMissing, ErrInvalid)
	case m.Cadence.AsNeeded():
		c.errs.add(at+"/cadence", m.Cadence.String(), "want visits that can be planned, not as needed", CodeValue, ErrInvalid)
	case m.Cadence.Endless() && !m.WhileTreated && !c.unread(at+"/while"):
		c.endless(at, m)
	}
	if m.From == "" {
		return
	}
	c.phaseNamed(at+"/from", m.From, false)
	for i := range c.phases {
		if p := &c.phases[i]; p.Name == m.From && p.Cadence.Len() == 0 && !c.waits(i, FieldCadence) {
			c.errs.add(at+"/from", m.From, "want a phase that has planned sessions: /phases/"+strconv.Itoa(i)+" has none", CodeValue, ErrInvalid)
		}
	}
}

// endless refuses a series without end that nothing bounds.
func (c *compiler) endless(at string, m *Monitoring) {
	if c.joined.Endless() || c.open || c.unread("/phases") {
		return
	}
	last := ""
	for i := range c.phases {
		place := "/phases/" + strconv.Itoa(i)
		if c.waits(i, FieldCadence) || c.unread(place) {
			return
		}
		if !c.phases[i].Cadence.IsZero() {
			last = place + "/cadence, " + c.phases[i].Cadence.String()
		}
	}
	if last == "" {
		return // which is a problem of its own
	}
	c.errs.add(at+"/cadence", m.Cadence.String(), `want an end, as by x and a number, or "while": "treated", since the sessions have one too: `+last, CodeNoEnd, ErrInvalid)
}

// resultNeeded checks which sessions need a result.
func (c *compiler) resultNeeded(at string, n ResultNeeded) {
	c.phaseNamed(at+"/phase", n.Phase, true)
	c.within(at+"/from", n.From, 0, maxSessions, "want the number of a session, or none for the first")
	if n.To < 0 || n.To > maxSessions || n.To > 0 && n.To < n.From && !c.unread(at+"/from") {
		c.errs.add(at+"/to", strconv.Itoa(n.To), "want the number of a session that is not before the first, or none for the last", CodeOrder, ErrInvalid)
	}
	c.within(at+"/within", n.Within, 0, maxNumber, "want 0 to 3650 days before the session")
}
