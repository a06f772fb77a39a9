package protocol

import "strconv"

const (
	maxPhases  = 100
	maxEntries = 1000
)

// sizes checks that no list is so long that to check it would take long.
func (c *compiler) sizes() {
	s := c.spec
	c.size("/indications", len(s.Indications))
	c.size("/contraindications", len(s.Contraindications))
	c.size("/labels", len(s.Labels))
	if len(s.Phases) > maxPhases {
		c.errs.add("/phases", strconv.Itoa(len(s.Phases)), "want at most 100 phases", CodeTooLong, ErrInvalid)
	}
	for i, p := range s.Phases {
		at := "/phases/" + strconv.Itoa(i)
		c.visitSize(at, p.Visit)
		c.size(at+"/steps", len(p.Steps))
		c.size(at+"/parts", len(p.Parts))
		c.size(at+"/weekdays", len(p.Weekdays))
		c.besideSize(at, p.Beside)
		c.size(at+"/companions", len(p.Companions))
		c.size(at+"/missedDoses", len(p.MissedDoses))
		for j, x := range p.Companions {
			c.visitSize(at+"/companions/"+strconv.Itoa(j), x.Visit)
		}
	}
	c.besideSize("", s.Beside)
	c.size("/followUps", len(s.FollowUps))
	for i, f := range s.FollowUps {
		c.visitSize("/followUps/"+strconv.Itoa(i), f.Visit)
		c.size("/followUps/"+strconv.Itoa(i)+"/days", len(f.Days))
	}
	c.monitoringSizes()
	c.size("/gates", len(s.Gates))
	for i, g := range s.Gates {
		c.size("/gates/"+strconv.Itoa(i)+"/outcomes", len(g.Outcomes))
	}
	c.size("/missed", len(s.Missed))
	c.size("/cumulative", len(s.Cumulative))
	c.size("/parameters", len(s.Parameters))
	for i, p := range s.Parameters {
		c.size(parameterPlace(i)+"/fills", len(p.Fills))
		c.size(parameterPlace(i)+"/choices", len(p.Choices))
	}
	c.size("/sources", len(s.Sources))
	for i, source := range s.Sources {
		c.size("/sources/"+strconv.Itoa(i)+"/facts", len(source.Facts))
	}
	c.size("/notes", len(s.Notes))
}

func (c *compiler) visitSize(at string, v Visit) {
	c.size(at+"/visit/later", len(v.Later))
	c.size(at+"/visit/tasks", len(v.Tasks))
}

func (c *compiler) size(at string, n int) {
	if n > maxEntries {
		c.errs.add(at, strconv.Itoa(n), "want at most 1000 entries", CodeTooLong, ErrInvalid)
	}
}
