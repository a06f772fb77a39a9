package catalog

import "github.com/regimen-go/regimen/protocol"

// ketamineIVTaper is the tapering sequence of intravenous ketamine for
// depression that a clinic's article describes. The article gives the number of
// infusions week by week and nothing else: no dose, no weight basis, no time,
// and "on average, once per month" for maintenance.
func ketamineIVTaper() protocol.Spec {
	all := func(f protocol.Field) []protocol.Place { return []protocol.Place{{Field: f}} }
	return protocol.Spec{
		ID:      "ketamine-iv-taper",
		Version: "1",
		Title:   "Intravenous ketamine, 3-2-1-1-1 a week, then about monthly",
		Drug:    "ketamine (racemic)",
		Route:   "intravenous",
		Phases: []protocol.Phase{
			{Name: "taper", Cadence: protocol.MustCadence("3-2-1-1-1")},
			{Name: "maintenance"},
		},
		Parameters: []protocol.Parameter{
			{
				Name: "maintenance", Doc: "what \"on average, once per month\" means, such as every 4w or every 1mo; the source does not say",
				Fills: []protocol.Place{{Phase: "maintenance", Field: protocol.FieldCadence}},
			},
			{
				Name: "dose", Doc: "the dose per kilogram, such as 0.5 mg/kg, or a fixed dose in mg; the source gives none",
				Fills: all(protocol.FieldAmount),
			},
			{
				Name: "basis", Doc: "whose weight a dose per kilogram counts; the source does not say",
				Fills: all(protocol.FieldBasis),
			},
			{
				Name: "rounding", Doc: "the step and the mode in which the dose is rounded, such as 0.1 mg half up, or exact; the source gives none",
				Fills: all(protocol.FieldRounding),
			},
			{
				Name: "maximum", Doc: "the hard maximum of the dose in mg; the source gives none",
				Fills: all(protocol.FieldMaximum),
			},
			{
				Name: "min-gap", Doc: "the least number of days between two infusions; the source gives none",
				Fills: all(protocol.FieldMinGap),
			},
			{
				Name: "administration", Doc: "how long an infusion takes; the source does not say",
				Fills: all(protocol.FieldAdministration),
			},
			{
				Name: "observation", Doc: "how long the patient is watched after the infusion; the source does not say",
				Fills: all(protocol.FieldObservation),
			},
		},
		Sources: []protocol.Source{{
			Key:      "article",
			Citation: "\"Ketamine Infusion Treatment For Depression\", clinic article of 16 April 2024, restating a physician",
			Facts: []protocol.Fact{
				{
					Says:  "three infusions in the first week, two in the second, one in each of the next three, then about one a month",
					Quote: "three infusions the first week, two in the second week, once weekly for the next three weeks, and then moving to maintenance of, on average, once per month",
					Grade: protocol.Secondary,
				},
				{
					Says:  "the counts never rise: a taper",
					Quote: "Generally, its administered in a tapering sequence",
					Grade: protocol.Secondary,
				},
			},
		}},
	}
}
