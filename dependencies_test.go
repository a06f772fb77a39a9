package regimen_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// docs/DEPENDENCIES.md and the bill of materials name the modules that importing
// the library links, each with its version and licence, and no others.
func TestDependencies(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}", "./dose/...", "./protocol/...", "./schedule/...").Output()
	require.NoError(t, err)
	var linked []string
	for line := range strings.Lines(string(out)) {
		if f := strings.Fields(line); len(f) == 3 {
			linked = append(linked, fmt.Sprintf("%s %s %s", f[0], f[1], licenceOf(t, f[2])))
		}
	}
	slices.Sort(linked)
	linked = slices.Compact(linked)
	require.NotEmpty(t, linked)

	page, err := os.ReadFile("docs/DEPENDENCIES.md")
	require.NoError(t, err)
	var told []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]*)` \\| (v\\S+) \\| (\\S+) \\|").FindAllStringSubmatch(string(page), -1) {
		told = append(told, strings.Join(m[1:], " "))
	}
	require.Equal(t, linked, told)

	file, err := os.ReadFile("docs/sbom.cdx.json")
	require.NoError(t, err)
	var bill struct {
		Components []struct {
			Name, Version string
			Licenses      []struct{ License struct{ ID string } }
		}
	}
	require.NoError(t, json.Unmarshal(file, &bill))
	var billed []string
	for _, c := range bill.Components {
		require.Len(t, c.Licenses, 1, c.Name)
		billed = append(billed, fmt.Sprintf("%s %s %s", c.Name, c.Version, c.Licenses[0].License.ID))
	}
	require.Equal(t, linked, billed, "bash tools/sbom.sh")
}

// licenceOf knows the two licences that are linked by words that only they have.
func licenceOf(t *testing.T, dir string) string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "LICENSE*"))
	require.NoError(t, err)
	require.NotEmpty(t, names, dir)
	text, err := os.ReadFile(names[0])
	require.NoError(t, err)
	words := strings.Join(strings.Fields(string(text)), " ")
	switch {
	case strings.Contains(words, "Permission is hereby granted, free of charge, to any person obtaining a copy") && !strings.Contains(words, "Redistribution and use"):
		return "MIT"
	case strings.Contains(words, "Redistribution and use in source and binary forms, with or without modification, are permitted") && strings.Contains(words, "Neither the name of"):
		return "BSD-3-Clause"
	}
	return "unknown"
}
