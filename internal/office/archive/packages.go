package archive

import (
	"encoding/json"
	"time"

	"github.com/chengqi-oa/chengqi/internal/base/db"
	"github.com/chengqi-oa/chengqi/internal/engine"
	"github.com/chengqi-oa/chengqi/internal/office/archive/eep"
	"github.com/chengqi-oa/chengqi/internal/record/file"
)

// Package 归档包 is one made of a matter, as it is registered. The newest stands for the matter; the older ones are kept.
type Package struct {
	ID      db.ID
	Matter  db.ID
	Version int64 // of the matter when it was made
	Type    eep.Type
	File    *file.File
	Made    time.Time
	Tested  time.Time // zero: not yet
	Faults  []string  // found when it was last tested
}

// Topic is the topic of the journal entries that bind a package's digest to the chain.
const Topic = "package"

// Packages lists the packages of a matter, the newest first.
func Packages(tx *db.Tx, matter db.ID) ([]*Package, error) {
	var out []*Package
	err := tx.Query(`SELECT k.id, k.matter_id, k.version, k.type, k.made_at, k.tested_at, k.faults, f.id, f.name, f.mime, f.size, f.digest
		FROM packages k JOIN files f ON f.id = k.file_id WHERE k.matter_id = ? ORDER BY k.version DESC`, []any{matter}, func(scan func(...any) error) error {
		p := &Package{File: &file.File{}}
		var kind, faults string
		var made, tested int64
		err := scan(&p.ID, &p.Matter, &p.Version, &kind, &made, &tested, &faults, &p.File.ID, &p.File.Name, &p.File.Mime, &p.File.Size, &p.File.Digest)
		if err != nil {
			return err
		}
		p.Type, p.Made, p.Tested = eep.Type(kind), db.Time(made), db.Time(tested)
		out = append(out, p)
		return json.Unmarshal([]byte(faults), &p.Faults)
	})
	return out, err
}

// Due 待形成 tells whether a matter's package is about to be made or tested, and what hindered it the last time.
func Due(tx *db.Tx, matter db.ID) (due bool, fault string, err error) {
	due, err = tx.Row(`SELECT fault FROM packages_due WHERE matter_id = ?`, []any{matter}, &fault)
	return due, fault, err
}

// longPast is how far back a transaction lies that enters what happened long ago (the sample's year, what an office brings
// along): packages of that are made when it is gathered, not one by one as it is entered.
const longPast = 10 * 24 * time.Hour

// pack is done at every closing: it leaves word that the package is to be made. Making it would keep everybody waiting.
func pack(tx *db.Tx, c *engine.Case, _ string) error {
	m := c.Matter
	p := c.Kind(m.Kind)
	if p == nil || tx.Lag() > longPast || m.Sealed || m.Custody == engine.Destroyed || !isElectronic(p, m.Fields) {
		return nil
	}
	return request(tx, m.Agency, m.ID)
}

// request leaves word that a matter's package is to be made, if it is not as the matter is, and tested. A word left anew
// never has the time of the one before, also within the same millisecond: who is at that one must not take this one away.
func request(tx *db.Tx, agency, matter db.ID) error {
	_, err := tx.Exec(`INSERT INTO packages_due (matter_id, agency_id, at) VALUES (?,?,?)
		ON CONFLICT (matter_id) DO UPDATE SET fault = '',
			at = CASE WHEN excluded.at < packages_due.at THEN excluded.at ELSE packages_due.at - 1 END`, matter, agency, tx.Now)
	return err
}

// wanted 待办 is one word left.
type wanted struct {
	matter db.ID
	at     int64
}

// wantedNow reads the words left that are due.
func wantedNow(tx *db.Tx, most int) ([]wanted, error) {
	var out []wanted
	err := tx.Query(`SELECT matter_id, at FROM packages_due WHERE at <= ? ORDER BY at, matter_id LIMIT ?`, []any{tx.Now, most}, func(scan func(...any) error) error {
		var w wanted
		err := scan(&w.matter, &w.at)
		out = append(out, w)
		return err
	})
	return out, err
}

// done takes a word away, unless it was given anew meanwhile.
func done(tx *db.Tx, w wanted) error {
	_, err := tx.Exec(`DELETE FROM packages_due WHERE matter_id = ? AND at = ?`, w.matter, w.at)
	return err
}

// putOff keeps a word for later, with what hindered.
func putOff(tx *db.Tx, w wanted, until time.Time, fault string) error {
	_, err := tx.Exec(`UPDATE packages_due SET at = ?, fault = ? WHERE matter_id = ? AND at = ?`, until, fault, w.matter, w.at)
	return err
}

// enter registers a package whose file is on the shelf. It is not entered twice, nor when the matter has gone on.
func enter(tx *db.Tx, m *engine.Matter, k *Package) (bool, error) {
	var now int64
	if _, err := tx.Row(`SELECT version FROM matters WHERE id = ?`+tx.ForUpdate(), []any{m.ID}, &now); err != nil || now != m.Version {
		return false, err
	}
	if have, err := tx.Row(`SELECT id FROM packages WHERE matter_id = ? AND version = ?`, []any{m.ID, m.Version}, &k.ID); have || err != nil {
		return false, err
	}
	if err := file.Enter(tx, k.File); err != nil {
		return false, err
	}
	k.ID, k.Made = tx.NewID(), tx.Now
	_, err := tx.Exec(`INSERT INTO packages (id, agency_id, matter_id, version, type, file_id, made_at) VALUES (?,?,?,?,?,?,?)`,
		k.ID, m.Agency, m.ID, m.Version, string(k.Type), k.File.ID, k.Made)
	return err == nil, err
}

// keepTest writes down what was found.
func keepTest(tx *db.Tx, id db.ID, faults []string) error {
	if faults == nil {
		faults = []string{}
	}
	text, err := json.Marshal(faults)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`UPDATE packages SET tested_at = ?, faults = ? WHERE id = ?`, tx.Now, string(text), id)
	return err
}
