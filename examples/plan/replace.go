package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// onlyOwner are the permissions of a new file: a plan is a patient's.
const onlyOwner = 0o600

// replaceFile makes a file have a content, whole or not at all: whoever reads it meanwhile,
// or after a crash, finds what it was or what it is to be. One that is there keeps its
// permissions, and a link to it stays a link.
func replaceFile(name string, content []byte) (err error) {
	mode := fs.FileMode(onlyOwner)
	switch info, err := os.Stat(name); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s: want a regular file to write to", name)
	default:
		mode = info.Mode().Perm()
		if name, err = filepath.EvalSymlinks(name); err != nil {
			return err
		}
	}
	// In the same directory, since only there a rename takes one step; hidden, so that
	// nobody takes what a crash leaves for a plan.
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		if at, ok := errors.AsType[*fs.PathError](err); ok {
			at.Path = name // what it is called until it is whole says nothing
		}
		return err
	}
	defer os.Remove(f.Name()) // gone already where it became the file
	if _, err = f.Write(content); err == nil {
		err = f.Chmod(mode)
	}
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return err
	}
	syncDirectory(filepath.Dir(name))
	return nil
}

// syncDirectory makes the new name of a file last where the system can.
func syncDirectory(name string) {
	if dir, err := os.Open(name); err == nil {
		_ = dir.Sync()
		_ = dir.Close()
	}
}
