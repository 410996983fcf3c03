// Package secret seals what the database must keep but nobody may read there, by SM4 in GCM (GB/T 32907-2016; OA-04).
//
// It does not know what it seals. Invariant: what was sealed for one purpose does not open for another.
package secret

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/emmansun/gmsm/sm3"
	"github.com/emmansun/gmsm/sm4"
)

// Size is how long a key is, in bytes.
const Size = 16

// Key 密钥 seals and opens; it never shows itself but by Text.
type Key struct {
	raw  [Size]byte
	aead cipher.AEAD
}

// New makes a key of Size random bytes.
func New() *Key {
	var raw [Size]byte
	_, _ = rand.Read(raw[:]) // crypto/rand.Read never fails
	k, _ := Of(raw[:])       // the size is right
	return k
}

// Of is the key of given bytes.
func Of(raw []byte) (*Key, error) {
	if len(raw) != Size {
		return nil, fmt.Errorf("a key has %d bytes, not %d", Size, len(raw))
	}
	block, err := sm4.NewCipher(raw)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	k := &Key{aead: aead}
	copy(k.raw[:], raw)
	return k, nil
}

// Parse reads a key as Text writes it.
func Parse(text string) (*Key, error) {
	raw, err := hex.DecodeString(text)
	if err != nil {
		return nil, err
	}
	return Of(raw)
}

// Text is the key in hexadecimal.
func (k *Key) Text() string { return hex.EncodeToString(k.raw[:]) }

// Mark tells one key from another and gives neither away.
func (k *Key) Mark() string {
	sum := sm3.Sum(append([]byte("chengqi key "), k.raw[:]...))
	return hex.EncodeToString(sum[:8])
}

// Seal closes a text for a purpose.
func (k *Key) Seal(purpose string, plain []byte) string {
	nonce := make([]byte, k.aead.NonceSize())
	_, _ = rand.Read(nonce) // never fails
	return base64.RawURLEncoding.EncodeToString(k.aead.Seal(nonce, nonce, plain, []byte(purpose)))
}

// Open opens what Seal closed for the same purpose.
func (k *Key) Open(purpose, sealed string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil {
		return nil, err
	}
	n := k.aead.NonceSize()
	if len(raw) < n {
		return nil, errors.New("too short to have been sealed")
	}
	return k.aead.Open(nil, raw[:n], raw[n:], []byte(purpose))
}
