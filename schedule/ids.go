package schedule

import "slices"

// What the ids of a plan's sessions are follows from its key and their serials, and
// costs more to compute than all else that is said of them. So a plan that Build
// made computes an id when it is asked for; an event has them all, and those after
// it share what they have.

// id returns the id of the session at a position.
func (p *Plan) id(i int) ID { return p.idOf(p.slots[i].serial) }

// idOf returns the id of the session with a serial.
func (p *Plan) idOf(serial uint32) ID {
	if at := int(serial) - 1; at < len(p.idsBySerial) {
		return p.idsBySerial[at]
	}
	return sessionID(p.request.Key, serial)
}

// named returns the position of the session with an id, -1 for none.
func (p *Plan) named(id ID) int {
	if at := slices.Index(p.idsBySerial, id); at >= 0 {
		serial := uint32(at + 1)
		return p.withSerial(serial)
	}
	for i := range p.slots {
		if serial := p.slots[i].serial; int(serial) > len(p.idsBySerial) && sessionID(p.request.Key, serial) == id {
			return i
		}
	}
	return -1
}

// withSerial returns the position of the session with a serial, -1 for none.
func (p *Plan) withSerial(serial uint32) int {
	return slices.IndexFunc(p.slots, func(s slot) bool { return s.serial == serial })
}

// name computes the ids of all sessions. Whoever calls it has a plan that nobody
// else knows yet.
func (p *Plan) name() {
	known := len(p.idsBySerial)
	p.idsBySerial = slices.Grow(slices.Clip(p.idsBySerial), int(p.serials)-known)
	for serial := known + 1; serial <= int(p.serials); serial++ {
		p.idsBySerial = append(p.idsBySerial, sessionID(p.request.Key, uint32(serial)))
	}
}
