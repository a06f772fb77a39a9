package course

// carry adds the weeks of a weekly segment whose counts are ceilings.
func (u *unfolding) carry(s *segment) error {
	rest, _ := s.Sessions()
	week := 0
	for ; rest > 0; week++ {
		planned := s.Count(min(week, s.Weeks()-1))
		if week == s.Weeks()+MaxWeeks {
			return u.unfinished(planned)
		}
		before := len(u.list)
		n := min(planned, rest)
		for ; n > 0; n-- {
			if err := u.week(planned, n); err != nil {
				return err
			}
			if u.fits(before) {
				break
			}
			u.list = u.list[:before]
		}
		rest -= n
		u.origin += 7
	}
	if more := week - s.Weeks(); more > 0 {
		u.added += more
		u.carried = append(u.carried, Carried{u.at, more})
	}
	return nil
}

// fits reports whether the sessions from a position on can be placed together with
// all before them. Those that cannot must not stay in the list.
func (u *unfolding) fits(from int) bool {
	_, earliest, ok := u.reach(from)
	if ok {
		u.earliest = earliest
	}
	return ok
}

// reach returns the first session from a position on that has no day, and the
// earliest day of the session before it.
func (u *unfolding) reach(from int) (at int, earliest int32, ok bool) {
	earliest = u.earliest
	for at = from; at < len(u.list); at++ {
		before := (*Session)(nil)
		if at > 0 {
			before = &u.list[at-1]
		}
		day, ok := u.room.Earliest(at, &u.list[at], before, earliest)
		if !ok {
			return at, earliest, false
		}
		earliest = day
	}
	return at, earliest, true
}

// unplaced names the first session from a position on that has no day.
func (u *unfolding) unplaced(from int) error {
	at, earliest, _ := u.reach(from)
	return &Error{Code: Unplaced, Segment: u.at, Sessions: u.list[:at+1], Earliest: earliest}
}

// unfinished says that the last week that may be added to a segment cannot take
// another session: the first that is left over, in that week.
func (u *unfolding) unfinished(planned int) error {
	u.origin -= 7
	taken := 0
	for i := len(u.list) - 1; i >= 0 && int(u.list[i].Segment) == u.at && u.list[i].Origin == u.origin; i-- {
		taken++
	}
	before := len(u.list)
	n := min(taken+1, planned)
	if err := u.week(planned, n); err != nil {
		return err
	}
	u.list[before] = u.list[before+n-1]
	return &Error{Code: Unplaced, Segment: u.at, Sessions: u.list[:before+1], Earliest: u.earliest}
}
