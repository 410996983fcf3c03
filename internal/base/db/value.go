package db

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"reflect"

	"zombiezen.com/go/sqlite"
)

// bindValue puts a Go value into a place of an SQLite statement, as database/sql would.
func bindValue(s *sqlite.Stmt, place int, v any) error {
	switch x := v.(type) {
	case nil:
		s.BindNull(place)
	case int64:
		s.BindInt64(place, x)
	case int:
		s.BindInt64(place, int64(x))
	case string:
		s.BindText(place, x)
	case []byte:
		s.BindBytes(place, x)
	case float64:
		s.BindFloat(place, x)
	case driver.Valuer:
		plain, err := x.Value()
		if err != nil {
			return err
		}
		return bindValue(s, place, plain)
	default:
		return bindNamed(s, place, v)
	}
	return nil
}

// bindNamed takes values of our own types by what they are made of.
func bindNamed(s *sqlite.Stmt, place int, v any) error {
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.String:
		s.BindText(place, r.String())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		s.BindInt64(place, r.Int())
	case reflect.Bool:
		s.BindInt64(place, flag(r.Bool()))
	case reflect.Slice:
		if r.Type().Elem().Kind() == reflect.Uint8 {
			s.BindBytes(place, r.Bytes())
			return nil
		}
		return fmt.Errorf("a %T cannot be stored", v)
	default:
		return fmt.Errorf("a %T cannot be stored", v)
	}
	return nil
}

// readColumn reads a column of the present row into dest, as database/sql would.
func readColumn(s *sqlite.Stmt, i int, dest any) error {
	switch d := dest.(type) {
	case *string:
		*d = s.ColumnText(i)
	case *int64:
		*d = s.ColumnInt64(i)
	case *int:
		*d = s.ColumnInt(i)
	case *ID:
		*d = ID(s.ColumnInt64(i))
	case *bool:
		*d = s.ColumnInt64(i) != 0
	case *[]byte:
		*d = columnBytes(s, i)
	case *float64:
		*d = s.ColumnFloat(i)
	case *any:
		*d = columnValue(s, i)
	case sql.Scanner:
		return d.Scan(columnValue(s, i))
	default:
		return readNamed(s, i, dest)
	}
	return nil
}

func readNamed(s *sqlite.Stmt, i int, dest any) error {
	p := reflect.ValueOf(dest)
	if p.Kind() != reflect.Pointer || p.IsNil() {
		return fmt.Errorf("a %T cannot be read into", dest)
	}
	switch r := p.Elem(); r.Kind() {
	case reflect.Pointer: // nil for NULL
		if s.ColumnIsNull(i) {
			r.SetZero()
			return nil
		}
		fresh := reflect.New(r.Type().Elem())
		r.Set(fresh)
		return readColumn(s, i, fresh.Interface())
	case reflect.String:
		r.SetString(s.ColumnText(i))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		r.SetInt(s.ColumnInt64(i))
	case reflect.Bool:
		r.SetBool(s.ColumnInt64(i) != 0)
	case reflect.Slice:
		if r.Type().Elem().Kind() == reflect.Uint8 {
			r.SetBytes(columnBytes(s, i))
			return nil
		}
		return fmt.Errorf("a %T cannot be read into", dest)
	default:
		return fmt.Errorf("a %T cannot be read into", dest)
	}
	return nil
}

func columnBytes(s *sqlite.Stmt, i int) []byte {
	if s.ColumnIsNull(i) {
		return nil
	}
	out := make([]byte, s.ColumnLen(i))
	s.ColumnBytes(i, out)
	return out
}

func columnValue(s *sqlite.Stmt, i int) any {
	switch s.ColumnType(i) {
	case sqlite.TypeInteger:
		return s.ColumnInt64(i)
	case sqlite.TypeFloat:
		return s.ColumnFloat(i)
	case sqlite.TypeText:
		return s.ColumnText(i)
	case sqlite.TypeBlob:
		return columnBytes(s, i)
	default:
		return nil
	}
}
