//go:build js && wasm

package main

import (
	"encoding/json"
	"fmt"
	"syscall/js"
	_ "time/tzdata" // so that the zones of clinics are known

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
)

// main gives the page two functions, each with a JSON text: regimenAnswer takes a question
// and returns its answer, regimenCatalog returns the ids, titles and texts of the catalogue.
func main() {
	js.Global().Set("regimenAnswer", js.FuncOf(func(_ js.Value, args []js.Value) (text any) {
		defer func() {
			if fault := recover(); fault != nil { // a fault of the library: the page says so
				text = string(mustMarshal(answer{Problems: []problem{{"plan", 0, 0, "error", "fault", fmt.Sprint("the library failed: ", fault)}}}))
			}
		}()
		var q question
		if err := json.Unmarshal([]byte(args[0].String()), &q); err != nil {
			return string(mustMarshal(answer{Problems: []problem{{"plan", 0, 0, "error", "question", err.Error()}}}))
		}
		return string(mustMarshal(answerTo(q)))
	}))
	js.Global().Set("regimenCatalog", js.FuncOf(func(js.Value, []js.Value) any {
		type entry struct {
			ID    string `json:"id"`
			Title string `json:"title"`
			Text  string `json:"text"`
		}
		var list []entry
		for s := range catalog.All() {
			list = append(list, entry{s.ID, s.Title, string(protocol.Format(s))})
		}
		return string(mustMarshal(list))
	}))
	js.Global().Call("regimenReady")
	select {}
}

func mustMarshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // not reached: all of it can be written
	}
	return b
}
