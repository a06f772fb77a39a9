package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/regimen-go/regimen/protocol"
)

// A ProtocolFile is a protocol of the clinic's own.
type ProtocolFile struct {
	ID   int64
	Name string
	Spec protocol.Spec
}

// AddProtocolFile keeps a protocol of the clinic's own, and returns its id. The same file is
// kept once.
func (s *Store) AddProtocolFile(ctx context.Context, name string, spec protocol.Spec, at time.Time, by string) (id int64, err error) {
	file := protocol.Format(spec)
	_, err = s.db.ExecContext(ctx, "INSERT INTO protocol_files (name, file, added, added_by) VALUES (?, ?, ?, ?) ON CONFLICT (file) DO NOTHING", name, file, stamp(at), by)
	if err != nil {
		return 0, err
	}
	err = s.db.QueryRowContext(ctx, "SELECT id FROM protocol_files WHERE file = ?", file).Scan(&id)
	return id, err
}

// ProtocolFiles returns the protocols of the clinic's own, by their names.
func (s *Store) ProtocolFiles(ctx context.Context) ([]ProtocolFile, error) {
	return rows(ctx, s.db, scanProtocol, "SELECT id, name, file FROM protocol_files ORDER BY name, id")
}

// ProtocolFile returns one of them, and [ErrNone] where there is none.
func (s *Store) ProtocolFile(ctx context.Context, id int64) (ProtocolFile, error) {
	list, err := rows(ctx, s.db, scanProtocol, "SELECT id, name, file FROM protocol_files WHERE id = ?", id)
	if err == nil && len(list) == 0 {
		err = ErrNone
	}
	if err != nil {
		return ProtocolFile{}, err
	}
	return list[0], nil
}

func scanProtocol(r *sql.Rows) (f ProtocolFile, err error) {
	var src []byte
	if err = r.Scan(&f.ID, &f.Name, &src); err == nil {
		f.Spec, err = protocol.Parse(f.Name, src)
	}
	return f, err
}
