package schedule

// WorkedDoses returns how many doses a planner has kept.
func (pl *Planner) WorkedDoses() int { return len(pl.worked.recent) + len(pl.worked.older) }
