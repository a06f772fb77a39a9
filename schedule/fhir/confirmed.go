package fhir

import "strings"

// ConfirmedMedication returns the codes of a drug that were found confirmed, for
// [Export.Medication]: of ketamine RxNorm 6130 and ATC N01AX03, of intranasal
// esketamine ATC N06AX27. Of any other it returns none: words alone are never wrong.
func ConfirmedMedication(drug, route string) []Coding {
	const rxNorm, atc = "http://www.nlm.nih.gov/research/umls/rxnorm", "http://www.whocc.no/atc"
	switch {
	case drug == "ketamine":
		return []Coding{{System: rxNorm, Code: "6130", Display: "ketamine"}, {System: atc, Code: "N01AX03", Display: "ketamine"}}
	case drug == "esketamine" && strings.Contains(route, "nasal"):
		return []Coding{{System: atc, Code: "N06AX27", Display: "esketamine"}}
	default:
		return nil
	}
}

// ConfirmedRoute returns the SNOMED CT codes of routes that were found confirmed, for
// [Export.Route]: 47625008 of the intravenous one, 46713006 of the nasal one. SNOMED CT
// needs a licence in some countries.
func ConfirmedRoute(route string) []Coding {
	const snomed = "http://snomed.info/sct"
	switch {
	case strings.HasPrefix(route, "intravenous") || route == "IV":
		return []Coding{{System: snomed, Code: "47625008", Display: "Intravenous route"}}
	case strings.Contains(route, "nasal"):
		return []Coding{{System: snomed, Code: "46713006", Display: "Nasal route"}}
	default:
		return nil
	}
}
