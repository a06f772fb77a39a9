package schedule

import (
	"slices"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// A keptPart is what a plan file has of a part of a dose: its figures, or why there are
// none.
type keptPart struct {
	name, refused string
	figures       dose.Figures
}

func (k *keptPart) fields(f *objectFields) {
	f.text("name", &k.name, must)
	f.text("refused", &k.refused, may)
	figuresFields(f, &k.figures)
}

// keptParts returns what a file keeps of parts.
func keptParts(parts []dose.PartDelivery) []keptPart {
	var list []keptPart
	for i := range parts {
		k := keptPart{name: parts[i].Part.Name, figures: parts[i].Delivery.Figures()}
		if parts[i].Err != nil {
			k.refused = parts[i].Err.Error()
		}
		list = append(list, k)
	}
	return list
}

// keptReason returns why there was none, as it is found now where that is in the same words.
func keptReason(now error, text string) error {
	if now.Error() == text {
		return now
	}
	return &keptError{text: text, err: now}
}

// deliveriesOf returns the parts of a phase as they were kept.
func deliveriesOf(phase *protocol.Phase, kept []keptPart, body dose.Body) []dose.PartDelivery {
	if len(kept) == 0 {
		return nil
	}
	sequence := phase.Sequence()
	times := sequence.Times()
	list := make([]dose.PartDelivery, 0, len(sequence.Parts))
	for i, part := range sequence.Parts {
		d := dose.PartDelivery{Part: part, Times: times[i]}
		at := slices.IndexFunc(kept, func(k keptPart) bool { return k.name == part.Name })
		switch {
		case at < 0:
			continue
		case kept[at].refused == "":
			d.Delivery = part.Order().Kept(body, kept[at].figures)
		default:
			_, now, _ := sequence.For(body) // what is found now
			d.Err = &keptError{text: kept[at].refused}
			if len(now) > 0 && now[i].Err != nil {
				d.Err = keptReason(now[i].Err, kept[at].refused)
			}
		}
		list = append(list, d)
	}
	return list
}
