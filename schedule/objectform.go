package schedule

import (
	"fmt"
	"strings"
)

// An objectForm is what fields tell of the JSON object of a value, without one: its
// keys, what stands under each and whether it has to. The schemas are made of it, so
// that they say what the code reads and writes.
type objectForm struct {
	name   string // of the type
	fields []fieldForm
}

// A fieldForm is the form of what stands under a key.
type fieldForm struct {
	key  string
	need need
	// is names the form: of a text by its notation, such as "date" or "mass".
	is    formName
	words []string    // of a formWord
	least int         // of a formNumber
	most  int         // of a formNumber, 0 for no bound
	of    *objectForm // of a formObject and of the elements of a formObjects
	// sparse reports that objects which have none leave the key out, where others of
	// theirs have null.
	sparse bool
}

type formName string

// The forms that are no notation of a text.
const (
	formText    formName = "text"
	formTexts   formName = "texts"   // a list, empty where there are none
	formIDs     formName = "ids"     // a list of ids
	formHours   formName = "hours"   // a list of hours
	formPairs   formName = "pairs"   // an object of texts by texts
	formFlag    formName = "flag"    // true or false
	formNumber  formName = "number"  // a whole one
	formWord    formName = "word"    // one of words
	formObject  formName = "object"  // of is its form
	formObjects formName = "objects" // a list of them
	formInstead formName = "instead" // what happened, without an id
	formEntry   formName = "entry"   // an entry of the journal, as a whole
)

// The notations of texts.
const (
	formID      formName = "id"
	formDate    formName = "civilDate"
	formClock   formName = "clockTime"
	formInstant formName = "instant"
	formDays    formName = "days"
	formDigest  formName = "digest"
)

// formOf returns what fields tell of a type.
func formOf[T any](fields func(*T, *objectFields)) *objectForm {
	var v T
	form := &objectForm{name: typeName[T]()}
	fields(&v, &objectFields{form: form})
	return form
}

// learn adds a field to the form.
func (f *objectFields) learn(key string, n need, is formName) *fieldForm {
	f.form.fields = append(f.form.fields, fieldForm{key: key, need: n, is: is})
	return &f.form.fields[len(f.form.fields)-1]
}

// notationOf names the notation of a quantity, or of another value with a text, by its
// type: "mass", "weight".
func notationOf[Q any]() formName { return formName(strings.ToLower(typeName[Q]())) }

// typeName returns the name of a type without that of its package.
func typeName[T any]() string {
	name := fmt.Sprintf("%T", *new(T))
	return name[strings.LastIndexByte(name, '.')+1:]
}

// wordsOf returns the texts of an enumeration whose zero is none of its values.
func wordsOf[E named](parse func(string) (E, error)) []string { return wordsFrom(1, parse) }

// wordsFrom returns the texts of an enumeration, from a first value on.
func wordsFrom[E named](first E, parse func(string) (E, error)) []string {
	var words []string
	for e := first; ; e++ {
		text, err := marshalNamed(e, parse)
		if err != nil {
			return words
		}
		words = append(words, string(text))
	}
}

// learnObject adds an object, or a list of them.
func learnObject[T any](f *objectFields, key string, n need, is formName, fields func(*T, *objectFields)) {
	of := formOf(fields)
	if len(of.fields) == 1 && of.fields[0].is == formEntry {
		of = nil
	}
	f.learn(key, n, is).of = of
}
