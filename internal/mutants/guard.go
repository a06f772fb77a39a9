package main

import "strings"

// Names of the environment by which a test binary is told what to do.
const (
	envTurn    = "REGIMEN_MUTANT"       // the mutant whose turn it is; -1 records what is reached
	envSeen    = "REGIMEN_MUTANT_SEEN"  // the file that a run with -1 marks
	envLimit   = "REGIMEN_MUTANT_LIMIT" // processor time in milliseconds
	overspent  = 97                     // the exit code of a run that took too much
	guardName  = "zz_mutants.go"
	recordTurn = "-1"
)

// guard is the file that is added to a package: the question whose turn it is, and each
// operator that a mutant changes, as a function that does either.
func guard(pkg string) string {
	return strings.NewReplacer("PKG", pkg, "TURN", envTurn, "SEEN", envSeen, "LIMIT", envLimit).Replace(guardText)
}

const guardText = `package PKG

import (
	mutcmp "cmp"
	mutos "os"
	mutstrconv "strconv"
	mutsyscall "syscall"
	muttime "time"
)

var (
	mutTurn = mutStart()
	mutSeen []byte
)

func mutStart() int {
	turn, _ := mutstrconv.Atoi(mutos.Getenv("TURN"))
	if turn < 0 {
		f, err := mutos.OpenFile(mutos.Getenv("SEEN"), mutos.O_RDWR, 0)
		if err != nil {
			panic(err)
		}
		i, _ := f.Stat()
		mutSeen, err = mutsyscall.Mmap(int(f.Fd()), 0, int(i.Size()), mutsyscall.PROT_READ|mutsyscall.PROT_WRITE, mutsyscall.MAP_SHARED)
		if err != nil {
			panic(err)
		}
	}
	if limit, _ := mutstrconv.Atoi(mutos.Getenv("LIMIT")); limit > 0 {
		go func() {
			for {
				muttime.Sleep(30 * muttime.Millisecond)
				var u mutsyscall.Rusage
				_ = mutsyscall.Getrusage(mutsyscall.RUSAGE_SELF, &u)
				if muttime.Duration(u.Utime.Nano()+u.Stime.Nano()) > muttime.Duration(limit)*muttime.Millisecond || u.Maxrss > 3_000_000 {
					mutos.Exit(97)
				}
			}
		}()
	}
	return turn
}

func mutOn(id int) bool { return mutTurn == id || mutTurn < 0 && mutReached(id) }

func mutReached(id int) bool {
	mutSeen[id] = 1
	return false
}

func mutAlt[T any](id int, v, other T) T {
	if mutOn(id) {
		return other
	}
	return v
}

func mutZero[T any](id int, v T) T {
	if mutOn(id) {
		var zero T
		return zero
	}
	return v
}

func mutLess[T mutcmp.Ordered](id int, a, b T) bool         { return a < b || mutOn(id) && a == b }
func mutLessEqual[T mutcmp.Ordered](id int, a, b T) bool    { return a < b || !mutOn(id) && a == b }
func mutGreater[T mutcmp.Ordered](id int, a, b T) bool      { return a > b || mutOn(id) && a == b }
func mutGreaterEqual[T mutcmp.Ordered](id int, a, b T) bool { return a > b || !mutOn(id) && a == b }

type mutInteger interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

type mutNumber interface {
	mutInteger | ~float32 | ~float64
}

func mutAdd[T mutNumber](id int, a, b T) T {
	if mutOn(id) {
		return a - b
	}
	return a + b
}

func mutSub[T mutNumber](id int, a, b T) T {
	if mutOn(id) {
		return a + b
	}
	return a - b
}

func mutMul[T mutNumber](id int, a, b T) T {
	if mutOn(id) {
		return a / b
	}
	return a * b
}

func mutQuo[T mutNumber](id int, a, b T) T {
	if mutOn(id) {
		return a * b
	}
	return a / b
}

func mutRem[T mutInteger](id int, a, b T) T {
	if mutOn(id) {
		return a * b
	}
	return a % b
}

// The value of a case that is never met: no number or text of a program is like it.
func mutCaseNumber[T mutInteger](id int, v T) T {
	if mutOn(id) {
		other := 90
		return v ^ T(other)
	}
	return v
}

func mutCaseText[T ~string](id int, v T) T {
	if mutOn(id) {
		return v + "\x00"
	}
	return v
}
`
