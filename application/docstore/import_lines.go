package docstore

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/docsteward/docsteward/domain"
)

// lines reads the documents of an import as JSON texts: those of NDJSON, or the
// data of server-sent events. One that is longer than limit is read over.
type lines struct {
	from  *bufio.Reader
	limit int
	// number is that of the line read last, from 1.
	number int
	// failed says that the data that follows tells why an export broke off.
	failed bool
}

func newLines(from io.Reader, limit int) *lines {
	return &lines{from: bufio.NewReaderSize(from, 64<<10), limit: limit}
}

// next returns the next document, or io.EOF at the end. One that is too long is
// TooLarge, and what follows can be read; every other fault is one of the stream.
func (l *lines) next() ([]byte, error) {
	for {
		line, err := l.read()
		if err != nil {
			return line, err
		}
		switch {
		case len(line) == 0, line[0] == ':', bytes.HasPrefix(line, []byte("id:")), bytes.HasPrefix(line, []byte("retry:")):
		case bytes.HasPrefix(line, []byte("event:")):
			l.failed = string(bytes.TrimSpace(line[len("event:"):])) == "error"
		case !bytes.HasPrefix(line, []byte("data:")):
			return line, nil
		case l.failed:
			return nil, domain.Rejected.New("The export broke off before its end; export again and import that.").WithCode("broken_export")
		default:
			return bytes.TrimSpace(line[len("data:"):]), nil
		}
	}
}

// read returns one line without white space around it.
func (l *lines) read() ([]byte, error) {
	var line []byte
	size := 0
	for {
		part, err := l.from.ReadSlice('\n')
		if size += len(part); size <= l.limit {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !errors.Is(err, io.EOF):
			return nil, broken(err)
		case err != nil && size == 0:
			return nil, io.EOF
		}
		l.number++
		if size > l.limit {
			return nil, domain.TooLarge.New("The line is too long.")
		}
		return bytes.TrimSpace(line), nil
	}
}

// broken returns the fault of a body that cannot be read to its end.
func broken(err error) error {
	var fault *domain.Fault
	if errors.As(err, &fault) {
		return err
	}
	return domain.Rejected.Wrap(err, "The body broke off before its end; send it again.").WithCode("unreadable_request")
}
