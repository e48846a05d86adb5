// Check checks the chain of a Quaestor node without any of Quaestor's code:
// notes and trees are those of golang.org/x/mod/sumdb. It needs the node's
// public key (VKEY), which has to come from elsewhere than what is checked.
//
//	check -vkey VKEY -dir BUNDLE [-old CHECKPOINT]
//	check -vkey VKEY -proof FILE.tlog-proof [-record FILE]
//	check -vkey VKEY -url URL [-old CHECKPOINT] [-index N] [-auth KEY]
//
// -vkey may be given several times, for a node that changed its key. -old is a
// checkpoint that was kept elsewhere. -index counts records from 0.
//
// It prints one line for each fact and exits with 0, or one sentence that says
// what is wrong and exits with 1.
package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var (
	vkeys  []note.Verifier
	dir    = flag.String("dir", "", "check the unpacked bundle in this directory")
	proof  = flag.String("proof", "", "check this proof of one record")
	record = flag.String("record", "", "the record that -proof is about, if it is not inside")
	url    = flag.String("url", "", "check the log at this address")
	old    = flag.String("old", "", "a checkpoint from elsewhere that must agree")
	index  = flag.Int64("index", -1, "with -url: check this record too, counted from 0")
	auth   = flag.String("auth", "", "with -url: the key that the log asks for")
)

func main() {
	flag.Func("vkey", "public key that signed; may be repeated", func(text string) error {
		key, err := note.NewVerifier(text)
		must(err, "this is no public key: "+text)
		vkeys = append(vkeys, key)
		return nil
	})
	flag.Parse()
	switch {
	case len(vkeys) == 0 || flag.NArg() > 0:
		fail("which key, and what is to be checked? Run check -help")
	case *dir != "":
		checkBundle()
	case *proof != "":
		checkProof()
	case *url != "":
		checkLog()
	default:
		fail("what is to be checked? Give -dir, -proof or -url")
	}
}

func ok(format string, args ...interface{}) { fmt.Printf("ok    "+format+"\n", args...) }

func fail(format string, args ...interface{}) {
	fmt.Fprintf(os.Stderr, "FAILED: "+format+"\n", args...)
	os.Exit(1)
}

// must ends the program when there is an error.
func must(err error, what string) {
	if err != nil {
		fail("%s: %v", what, err)
	}
}

func read(file string) []byte {
	data, err := os.ReadFile(file)
	must(err, "a file cannot be read")
	return data
}

// ---- checkpoints -------------------------------------------------------------------------------

// A checkpoint is what a node signed: so many records, and the root of the tree over them.
type checkpoint struct {
	label string
	tlog.Tree
	signed bool // by a key that was given; otherwise nothing in it may be believed
}

// open reads a checkpoint. A wrong signature of a given key always fails.
func open(label string, msg []byte) checkpoint {
	n, err := note.Open(msg, note.VerifierList(vkeys...))
	var unverified *note.UnverifiedNoteError
	signed := !errors.As(err, &unverified)
	if signed {
		must(err, label)
	} else {
		n = unverified.Note
	}
	lines := strings.Split(n.Text+"\n\n", "\n")
	size, err1 := strconv.ParseInt(lines[1], 10, 64)
	root, err2 := tlog.ParseHash(lines[2])
	if err1 != nil || err2 != nil || size < 1 || signed && lines[0] != n.Sigs[0].Name {
		fail("%s: this is no checkpoint of %s", label, vkeys[0].Name())
	}
	if signed {
		ok("%s: %s+%08x signed %d records with root %v", label, n.Sigs[0].Name, n.Sigs[0].Hash, size, root)
	}
	return checkpoint{label, tlog.Tree{N: size, Hash: root}, signed}
}

func openSigned(label string, msg []byte) checkpoint {
	c := open(label, msg)
	if !c.signed {
		fail("%s: not signed by a key that was given with -vkey", label)
	}
	return c
}

// ---- a bundle ----------------------------------------------------------------------------------

// A chain is what has been read of the records so far: their number, the hash of the last one, and
// the last complete subtree of each level, which is all that a tree needs to grow.
type chain struct {
	size     int64
	head     string
	subtrees [64]tlog.Hash
}

func (c *chain) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var hashes []tlog.Hash
	for _, x := range indexes {
		level, _ := tlog.SplitStoredHashIndex(x)
		hashes = append(hashes, c.subtrees[level])
	}
	return hashes, nil
}

func checkBundle() {
	var wanted []checkpoint
	if *old != "" {
		wanted = append(wanted, openSigned(*old, read(*old)))
	}
	must(os.Chdir(*dir), "no bundle")
	newest := openSigned("checkpoint", read("checkpoint"))
	wanted = append(wanted, newest)
	others, _ := filepath.Glob("*.checkpoint")
	for _, file := range others {
		wanted = append(wanted, open(file, read(file)))
	}
	c := chain{head: strings.Repeat("0", 64)}
	segments, _ := filepath.Glob("chain-*.log") // in the order of their names
	for _, segment := range segments {
		c.read(segment, wanted)
	}
	ok("%d records: every hash fits, every record names the one before; head %s", c.size, c.head)
	for _, w := range wanted {
		if w.N > c.size {
			fail("%s: it covers %d records, but there are only %d", w.label, w.N, c.size)
		}
	}
	if c.size > newest.N {
		fmt.Printf("note  records %d to %d came after the newest checkpoint; no signature covers them\n", newest.N+1, c.size)
	}
}

// read takes the records of one file. Each line is a hash, a space, and the JSON that has this hash.
func (c *chain) read(segment string, wanted []checkpoint) {
	file, err := os.Open(segment)
	must(err, "a file cannot be read")
	defer file.Close()
	lines := bufio.NewReaderSize(file, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF && len(line) == 0 {
			return
		}
		must(err, fmt.Sprintf("record %d (%s): the file ends within it", c.size+1, segment))
		c.add(segment, line[:len(line)-1])
		for _, w := range wanted {
			if w.N == c.size {
				c.compare(w)
			}
		}
	}
}

func (c *chain) add(segment string, line []byte) {
	at := fmt.Sprintf("record %d (%s)", c.size+1, segment)
	if len(line) < 66 || line[64] != ' ' {
		fail("%s: the line is not a hash, a space and JSON", at)
	}
	hash, json := string(line[:64]), line[65:]
	if fmt.Sprintf("%x", sha256.Sum256(json)) != hash {
		fail("%s: its bytes do not have the hash before them", at)
	}
	if !bytes.HasPrefix(json, []byte(fmt.Sprintf(`{"prev":"%s","seq":%d,`, c.head, c.size+1))) {
		fail("%s: it does not name the record before it", at)
	}
	hashes, err := tlog.StoredHashes(c.size, json, c)
	must(err, at)
	copy(c.subtrees[:], hashes)
	c.size, c.head = c.size+1, hash
}

func (c *chain) compare(w checkpoint) {
	root, err := tlog.TreeHash(c.size, c)
	must(err, w.label)
	if root != w.Hash {
		fail("%s: the first %d records are not those it was made over; their root is %v", w.label, c.size, root)
	}
	if w.signed {
		ok("%s: the first %d records have its root", w.label, c.size)
	} else {
		fmt.Printf("note  %s: the first %d records have its root, but no key that was given signed it\n", w.label, c.size)
	}
}

// ---- a proof -----------------------------------------------------------------------------------

func checkProof() {
	head, msg, _ := strings.Cut(string(read(*proof)), "\n\n")
	lines := strings.Split(head, "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" || len(lines) < 2 {
		fail("%s: this is no tlog-proof", *proof)
	}
	var data []byte
	if extra := strings.TrimPrefix(lines[1], "extra "); extra != lines[1] {
		var err error
		data, err = base64.StdEncoding.DecodeString(extra)
		must(err, "the extra line of the proof")
		lines = lines[1:]
	}
	if *record != "" {
		data = bytes.TrimSuffix(read(*record), []byte("\n"))
		if len(data) > 65 && data[64] == ' ' {
			data = data[65:] // a line of a segment
		}
	}
	if len(data) == 0 || len(lines) < 2 {
		fail("%s: there is no record in it; give the record with -record", *proof)
	}
	n, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	must(err, "the index of the proof")
	var path tlog.RecordProof
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		must(err, "a hash of the proof")
		path = append(path, hash)
	}
	checkRecord(path, openSigned("the proof's checkpoint", []byte(msg)), n, data)
}

func checkRecord(path tlog.RecordProof, c checkpoint, n int64, data []byte) {
	must(tlog.CheckRecord(path, c.N, c.Hash, n, tlog.RecordHash(data)),
		fmt.Sprintf("the record is not the one at index %d", n))
	ok("the record at index %d is the one with SHA-256 %x:\n%s", n, sha256.Sum256(data), data)
}

// ---- a log -------------------------------------------------------------------------------------

// The log is read over the API of c2sp.org/tlog-tiles, in tiles of 2^8 hashes or records.
type tiles struct{}

func (tiles) Height() int                     { return 8 }
func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (tiles) ReadTiles(wanted []tlog.Tile) (all [][]byte, err error) {
	for _, t := range wanted {
		data, err := tile(strconv.Itoa(t.L), t)
		if err != nil {
			return nil, err
		}
		if bytes := t.W * tlog.HashSize; len(data) > bytes {
			data = data[:bytes]
		}
		all = append(all, data)
	}
	return all, nil
}

// tile gets a tile or, when a partial one is gone, the full one that came in its place.
func tile(level string, t tlog.Tile) ([]byte, error) {
	path := func(t tlog.Tile) string { // the API's paths do not name the height
		return strings.Replace(t.Path(), fmt.Sprintf("tile/8/%d/", t.L), "tile/"+level+"/", 1)
	}
	data, err := get(path(t))
	if err != nil && t.W < 256 {
		t.W = 256
		if full, err := get(path(t)); err == nil {
			return full, nil
		}
	}
	return data, err
}

func get(path string) ([]byte, error) {
	request, err := http.NewRequest("GET", strings.TrimSuffix(*url, "/")+"/"+path, nil)
	if err != nil {
		return nil, err
	}
	if *auth != "" {
		request.Header.Set("Authorization", "Bearer "+*auth)
	}
	client := http.Client{Timeout: time.Minute}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("GET /%s: %s", path, response.Status)
	}
	return io.ReadAll(response.Body)
}

func checkLog() {
	msg, err := get("checkpoint")
	must(err, "the log's checkpoint")
	now := openSigned("the log's checkpoint", msg)
	hashes := tlog.TileHashReader(now.Tree, tiles{})
	_, err = hashes.ReadHashes(nil) // which compares the root
	must(err, "the log's tiles do not have the root of its checkpoint")
	ok("the log's tiles have the root of its checkpoint")
	if *old != "" {
		checkGrowth(now, hashes)
	}
	if *index >= 0 {
		path, err := tlog.ProveRecord(now.N, *index, hashes)
		must(err, "there is no proof for this index")
		checkRecord(path, now, *index, entry(now.N, *index))
	}
}

// checkGrowth shows that the log still begins with what an older checkpoint covers.
func checkGrowth(now checkpoint, hashes tlog.HashReader) {
	then := openSigned(*old, read(*old))
	if then.N > now.N {
		fail("%s covers %d records, but the log has only %d now: it was rolled back", *old, then.N, now.N)
	}
	path, err := tlog.ProveTree(now.N, then.N, hashes)
	must(err, "there is no proof for this checkpoint")
	must(tlog.CheckTree(path, now.N, now.Hash, then.N, then.Hash),
		fmt.Sprintf("the log does not begin with the %d records of %s: it was rewritten", then.N, *old))
	ok("the log begins with the %d records that %s covers", then.N, *old)
}

// entry gets the bytes of a record, which nothing vouches for yet.
func entry(size, n int64) []byte {
	t := tlog.Tile{H: 8, N: n / 256, W: 256}
	if rest := size - t.N*256; rest < 256 {
		t.W = int(rest)
	}
	data, err := tile("entries", t)
	must(err, "the record cannot be read")
	for skip := n % 256; len(data) >= 2; skip-- {
		length := 2 + int(binary.BigEndian.Uint16(data))
		if length > len(data) {
			break
		}
		if skip == 0 {
			return data[2:length]
		}
		data = data[length:]
	}
	fail("the entries of the log end before index %d", n)
	return nil
}
