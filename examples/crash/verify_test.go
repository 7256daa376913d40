package crash

import (
	"context"
	"fmt"
	"net/http"
	"strings"
)

// event is what the event log tells about a document.
type event struct {
	EntityID string `json:"entity_id"`
	Version  int    `json:"version"`
}

type version struct {
	Number int `json:"version_number"`
}

// reader asks the restarted process whether it kept its promises.
type reader struct {
	server *server
	client *http.Client
}

func get[T any](r *reader, path string) (T, int, error) {
	return call[T](context.Background(), r.client, http.MethodGet, r.server.url(path), nil)
}

// verify checks one document and returns it as it is stored; its version is 0
// when it is rightly absent.
func (r *reader) verify(id string, p *promise) (document, error) {
	stored, status, err := get[document](r, "/api/v1/documents/"+id)
	if status == http.StatusNotFound && p.acknowledged.Version == 0 {
		return document{}, r.silent(id)
	}
	if err != nil {
		return stored, fmt.Errorf("an acknowledged document is lost: %w", err)
	}
	switch {
	case stored.Version == p.acknowledged.Version && stored.Content == p.acknowledged.Content:
	case stored.Version == p.acknowledged.Version+1 && stored.Content == p.pending:
	default:
		return stored, fmt.Errorf("%s holds version %d %q; acknowledged was version %d %q, under way %q", id,
			stored.Version, stored.Content, p.acknowledged.Version, p.acknowledged.Content, p.pending)
	}
	if err := r.versions(stored); err != nil {
		return stored, err
	}
	return stored, r.search(stored)
}

// versions wants the numbers from the latest down to 1.
func (r *reader) versions(d document) error {
	list, _, err := get[page[version]](r, query("/api/v1/documents/"+d.ID+"/versions", "limit", "100"))
	if err != nil {
		return err
	}
	if list.Total != d.Version || len(list.Items) != d.Version {
		return fmt.Errorf("%s has %d versions, want %d", d.ID, list.Total, d.Version)
	}
	for i, v := range list.Items {
		if v.Number != d.Version-i {
			return fmt.Errorf("%s has a gap: version %d is at place %d of %d", d.ID, v.Number, i, d.Version)
		}
	}
	return nil
}

// search wants the first word of the content to find this document alone.
func (r *reader) search(d document) error {
	word, _, _ := strings.Cut(d.Content, " ")
	found, _, err := get[page[document]](r, query("/api/v1/search", "q", word))
	if err != nil {
		return err
	}
	if len(found.Items) != 1 || found.Items[0].ID != d.ID || found.Items[0].Version != d.Version {
		return fmt.Errorf("the search for %s finds %+v, want version %d of %s", word, found.Items, d.Version, d.ID)
	}
	return nil
}

// events wants exactly one event for every version. What a killed process was
// handling stays with it until its lease ends, so the log is given time.
func (r *reader) events(d document) (err error) {
	address := query("/api/v1/events", "entity_id", d.ID, "limit", "1000")
	var log page[event]
	poll(func() bool {
		log, _, err = get[page[event]](r, address)
		return err != nil || log.Total >= d.Version
	})
	if err != nil {
		return err
	}
	told := map[int]int{}
	for _, e := range log.Items {
		told[e.Version]++
	}
	for number := 1; number <= d.Version; number++ {
		if told[number] != 1 {
			return fmt.Errorf("version %d of %s was told %d times, want once", number, d.ID, told[number])
		}
	}
	if len(log.Items) != d.Version {
		return fmt.Errorf("%s has %d events, want one for each of its %d versions", d.ID, len(log.Items), d.Version)
	}
	return nil
}

// silent wants no event of a document that is not there.
func (r *reader) silent(id string) error {
	log, _, err := get[page[event]](r, query("/api/v1/events", "entity_id", id))
	if err == nil && log.Total != 0 {
		err = fmt.Errorf("%s is absent but has %d events", id, log.Total)
	}
	return err
}
