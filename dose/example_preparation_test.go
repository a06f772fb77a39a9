package dose_test

import (
	"errors"
	"fmt"
	"slices"

	"github.com/regimen-go/regimen/dose"
)

func ExampleOrder_For() {
	ketamine, _ := dose.ProductNamed("ketamine 50 mg/mL")
	preparation := dose.Preparation{
		Product:    ketamine,
		Route:      dose.Intravenous,
		Graduation: dose.MustGraduation("0.01 mL half up"),
		Dilution:   dose.MadeUpTo(dose.MustVolume("50 mL")),
		Diluent:    "sodium chloride 0.9 %",
		During:     dose.MustDuration("40 min"),
		Pump:       dose.MustPumpSetting("0.1 mL/h half up"),
	}
	order := dose.Order{
		Rule:           dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg"),
		Preparation:    preparation,
		Administration: dose.MustDuration("40 min"),
	}
	delivery, err := order.For(dose.Body{Weight: dose.MustWeight("72.5 kg")})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(delivery.Worksheet())
	// Output:
	// dose: 0.5 mg/kg x 72.5 kg = 36.25 mg, rounded half up to 36.3 mg
	// product: ketamine 50 mg/mL, 500 mg per container, intravenous
	// stock: 36.3 mg / 50 mg/mL = 0.726 mL, half up to 0.73 mL
	// delivered: 0.73 mL x 50 mg/mL = 36.5 mg, +0.551 %
	// diluent: made up to 50 mL: 50 mL - 0.73 mL = 49.27 mL of sodium chloride 0.9 %
	// total: 50 mL
	// concentration: 36.5 mg / 50 mL = 0.73 mg/mL
	// flow: 50 mL over 40 min = 75 mL/h
	// rate: 54.75 mg/h, 0.9125 mg/min, 0.755172 mg/kg/h, 12.586207 mcg/kg/min
	// containers: 1 x 500 mg, waste 463.5 mg in 9.27 mL
}

// A pump that rounds the flow changes the time, by which limits are judged.
func ExampleDelivery_Time() {
	ketamine, _ := dose.ProductNamed("ketamine 50 mg/mL")
	order := dose.Order{
		Rule: dose.MustRule("100 mg, hard max 200 mg, soft max 30 mg/h"),
		Preparation: dose.Preparation{
			Product: ketamine, Route: dose.Intravenous, Dilution: dose.MustDilution("made up to 6 mL"),
			During: dose.MustDuration("4 h"), Pump: dose.MustPumpSetting("1 mL/h half up"),
		},
		Administration: dose.MustDuration("4 h"),
	}
	delivery, err := order.For(dose.Body{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(delivery.Flow(), delivery.Time(), delivery.Rate())
	for passed := range delivery.SoftLimits() {
		fmt.Println(passed)
	}
	// Output:
	// 2 mL/h 3 h 33.333333 mg/h
	// soft max 30 mg/h of the rate
}

// What does not fit together is refused before anybody is dosed.
func ExampleOrder_Check() {
	ketamine, _ := dose.ProductNamed("ketamine 50 mg/mL")
	err := dose.Order{
		Rule: dose.MustRule("22 mg/h for 96 h, hard max 2500 mg"),
		Preparation: dose.Preparation{
			Product: ketamine, Route: dose.Intravenous, Dilution: dose.MustDilution("made up to 100 mL"), During: dose.MustDuration("4 h"),
		},
		Administration: dose.MustDuration("100 h"),
	}.Check()
	fmt.Println(err, errors.Is(err, dose.ErrTimesDiffer))
	// Output: Preparation.During "4 h": want 96 h, as the amount states: two times for one dose true
}

// A dose that was given is judged, never refused.
func ExampleOrder_Judge() {
	order := dose.Order{
		Rule:           dose.MustRule("0.5 mg/kg of actual weight, soft max 45 mg, hard max 100 mg, hard max 90 mg/h"),
		Administration: dose.MustDuration("40 min"),
	}
	judgement, err := order.Judge(dose.MustMass("50 mg"), dose.MustDuration("30 min"), dose.Body{Weight: dose.MustWeight("72 kg")})
	for passed := range judgement.Passed() {
		fmt.Println(passed)
	}
	fmt.Println(judgement.PassesHard(), err)
	// Output:
	// soft max 45 mg of the dose
	// hard max 90 mg/h of the rate
	// true <nil>
}

func ExampleLevelOf() {
	three := dose.Devices(3, dose.MustMass("28 mg"), dose.MustDuration("5 min"))
	fmt.Println(dose.LevelOf(three), dose.LevelOf(three) == dose.LevelOfMass(dose.MustMass("84 mg")))
	fmt.Println(dose.ParseLevel("750 mcg/kg of actual weight"))
	// Output:
	// 84 mg true
	// 0.75 mg/kg of actual weight <nil>
}

// Made up to a volume and added to a volume are different.
func ExampleAddedTo() {
	ketamine, _ := dose.ProductNamed("ketamine 10 mg/mL")
	bag := dose.MustVolume("100 mL")
	for _, dilution := range []dose.Dilution{dose.MadeUpTo(bag), dose.AddedTo(bag)} {
		d, err := dose.Order{Rule: dose.MustRule("36 mg"), Preparation: dose.Preparation{
			Product: ketamine, Route: dose.Intravenous, Dilution: dilution, During: dose.MustDuration("40 min"),
		}}.For(dose.Body{})
		if err != nil {
			fmt.Println(err)
			return
		}
		at150, err := d.Worksheet().DeliveredAt(dose.MustFlow("150 mL/h"))
		fmt.Println(dilution, "is", d.Volume(), "and needs", d.Flow(), "- at 150 mL/h it gives", at150, err)
	}
	// Output:
	// made up to 100 mL is 100 mL and needs 150 mL/h - at 150 mL/h it gives 36 mg <nil>
	// added to 100 mL is 103.6 mL and needs 155.4 mL/h - at 150 mL/h it gives 34.749035 mg <nil>
}

func ExampleConcentration_VolumeOf() {
	strength := dose.MustConcentration("50 mg/mL")
	fmt.Println(strength.VolumeOf(dose.MustMass("25.3 mg"), dose.MustGraduation("0.01 mL half up")))
	// Output: 0.51 mL <nil>
}

func ExampleProduct_Containers() {
	infliximab, _ := dose.ProductNamed("infliximab 100 mg")
	fmt.Println(infliximab.Containers(dose.MustMass("340 mg")))
	// Output: 4 60 mg <nil>
}

func ExampleRateUnit_Text() {
	fmt.Println(dose.McgPerKgPerMin.Text(dose.MustMass("36 mg"), dose.MustWeight("72 kg"), dose.MustDuration("40 min")))
	// Output: 12.5 mcg/kg/min <nil>
}

func ExampleParseRatePerKilogram() {
	fmt.Println(dose.ParseRatePerKilogram("12.5 mcg/kg/min"))
	// Output: 0.75 mg/kg/h <nil>
}

func ExampleOverTime() {
	rule := dose.Rule{Amount: dose.OverTime(dose.MustRate("22 mg/h"), dose.MustDuration("96 h"))}
	fmt.Println(rule.Calculate(dose.Body{}))
	// Output: 22 mg/h x 96 h = 2112 mg <nil>
}

func ExampleDevices() {
	rule := dose.Rule{
		Amount: dose.Devices(2, dose.MustMass("28 mg"), dose.MustDuration("5 min")),
		Or:     dose.MustChoices("84 mg"),
		Limits: dose.AtMost(dose.MustMass("84 mg")),
	}
	fmt.Println(rule)
	fmt.Println(rule.Calculate(dose.Body{}))
	// Output:
	// 2 devices of 28 mg 5 min apart, or 84 mg, hard max 84 mg
	// 2 x 28 mg = 56 mg <nil>
}

func ExampleParseBands() {
	bands := dose.MustBands("260 mg up to 55 kg; 390 mg over 55 kg up to 85 kg; 520 mg over 85 kg")
	fmt.Println(bands.For(dose.MustWeight("85 kg")))
	_, err := dose.ParseBands("260 mg up to 55 kg; 390 mg over 60 kg")
	fmt.Println(err)
	// Output:
	// 390 mg over 55 kg up to 85 kg <nil>
	// parsing weight bands "260 mg up to 55 kg; 390 mg over 60 kg": out of range at offset 0: want no gap: over 55 kg, where the band before ends, not "390 mg over 60 kg"
}

func ExampleSum() {
	total, err := dose.Sum(slices.Values([]dose.Mass{dose.MustMass("56 mg"), dose.MustMass("84 mg"), dose.MustMass("84 mg")}))
	fmt.Println(total, err)
	// Output: 224 mg <nil>
}

func ExampleLimit_Judge() {
	weekly := dose.Limit[dose.Mass]{SoftMax: dose.MustMass("150 mg"), HardMax: dose.MustMass("250 mg")}
	side, passed := weekly.Judge(dose.MustMass("168 mg"))
	fmt.Println(side, passed)
	// Output: soft max true
}

func ExampleDisplay_Text() {
	d := dose.Display{Thousands: dose.CommaGroups, Per: true}
	fmt.Println(d.Text(dose.MustMass("2272.64875 mg")))
	fmt.Println(d.Text(dose.MustPerKilogram("0.5 mg/kg")))
	// Output:
	// 2,272.64875 mg
	// 0.5 mg per kg
}
