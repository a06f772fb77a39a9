package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// readContacts reads the contacts.
func (in *input) readContacts(texts []string) error {
	for _, text := range texts {
		c, err := readContact(text)
		if err != nil {
			return fmt.Errorf("-contact: %w", err)
		}
		in.options.Contacts = append(in.options.Contacts, c)
	}
	return nil
}

// readContact reads a contact: a purpose and a colon, which may be left out, and parts
// with semicolons between them. A part that begins with tel:, mailto: or https: is a link,
// one that begins with hours: has days and hours, "Mon-Fri 09:00-17:00", or hours alone;
// the first other part is a name and the rest are lines.
func readContact(text string) (c sheet.Contact, err error) {
	if purpose, rest, found := strings.Cut(text, ":"); found {
		if p, err := sheet.ParsePurpose(strings.TrimSpace(purpose)); err == nil {
			c.Purpose, text = p, rest
		}
	}
	for part := range strings.SplitSeq(text, ";") {
		part = strings.TrimSpace(part)
		kind, value, _ := strings.Cut(part, ":")
		switch {
		case kind == "tel":
			c.Phone = value
		case kind == "mailto":
			c.Mail = value
		case kind == "https":
			c.Page = part
		case kind == "hours":
			hours, err := readHours(strings.TrimSpace(value))
			if err != nil {
				return c, err
			}
			c.Hours = append(c.Hours, hours)
		case c.Name == "":
			c.Name = part
		default:
			c.Lines = append(c.Lines, part)
		}
	}
	return c, nil
}

// readHours reads hours, or the days from one weekday to another and their hours.
func readHours(text string) (h sheet.ContactHours, err error) {
	if days, hours, found := strings.Cut(text, " "); found {
		first, last, _ := strings.Cut(days, "-")
		from, to := weekday(first), weekday(last)
		if from < 0 || to < 0 {
			return h, fmt.Errorf("hours %q: want days such as Mon-Fri", text)
		}
		for day := from; ; day = (day + 1) % 7 {
			h.Days = append(h.Days, day)
			if day == to {
				break
			}
		}
		text = hours
	}
	h.Hours, err = clinic.ParseHours(text)
	return h, err
}

// weekday reads the first three letters of a weekday, -1 for anything else.
func weekday(text string) time.Weekday {
	for day := time.Sunday; day <= time.Saturday; day++ {
		if day.String()[:3] == text {
			return day
		}
	}
	return -1
}
