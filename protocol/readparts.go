package protocol

import (
	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/document"
)

func readPart(f *document.Fields) dose.Part {
	return dose.Part{
		Name:        f.Optional("name").Text(),
		Rule:        readRule(f.Optional("dose")),
		During:      textOf(f.Optional("during"), "40 min", dose.ParseDuration),
		Start:       textOf(f.Optional("start"), "10 min after end", dose.ParsePartStart),
		Preparation: document.Object(f.Optional("preparation"), readPreparation),
		Condition:   f.Optional("condition").Text(),
	}
}
