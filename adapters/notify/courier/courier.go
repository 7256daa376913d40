// Package courier brings reports to their readers: to addresses on the web, and into
// folders.
package courier

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/reporting"
	"github.com/docsteward/docsteward/ports/webcall"
)

// timeout bounds one attempt.
const timeout = 30 * time.Second

// Courier brings reports. It is safe for concurrent use.
type Courier struct {
	caller webcall.Caller
	folder string
}

var _ reporting.Courier = (*Courier)(nil)

// New returns a courier that posts through the caller and writes below the folder,
// which is made when something is to be written.
func New(caller webcall.Caller, folder string) *Courier { return &Courier{caller, folder} }

// Bring implements reporting.Courier.
func (c *Courier) Bring(ctx context.Context, p reporting.Parcel) error {
	switch p.To.Channel {
	case report.Webhook:
		return c.post(ctx, p, p.Content, map[string]string{
			"Content-Type": p.MediaType, "Content-Disposition": fmt.Sprintf("attachment; filename=%q", p.FileName),
		})
	case report.Notice:
		body, err := json.Marshal(map[string]string{"title": p.Title, "text": p.Text, "link": p.Link})
		if err != nil {
			return domain.Internal.Wrap(err, "The notice cannot be written as JSON.")
		}
		return c.post(ctx, p, body, map[string]string{})
	case report.Folder:
		return c.write(ctx, p)
	}
	return domain.Invalid.New("There is no channel " + string(p.To.Channel) + "; there are webhook, notice and folder.")
}

func (c *Courier) post(ctx context.Context, p reporting.Parcel, body []byte, headers map[string]string) error {
	headers["Idempotency-Key"] = p.Key
	answer, err := c.caller.Call(ctx, webcall.Request{URL: p.To.Address, Headers: headers, Body: body, Timeout: timeout})
	if err != nil {
		return err
	}
	message := fmt.Sprintf("The receiver answered %d to the report.", answer.Status)
	switch {
	case answer.Status >= 200 && answer.Status <= 299:
		return nil
	case answer.Status == http.StatusRequestTimeout || answer.Status == http.StatusTooManyRequests || answer.Status >= 500:
		return domain.Upstream.New(message)
	}
	return domain.Rejected.New(message)
}

// write writes beside the file first, so that nobody reads half of it.
func (c *Courier) write(ctx context.Context, p reporting.Parcel) error {
	if !filepath.IsLocal(p.To.Address) || !filepath.IsLocal(p.FileName) {
		return domain.Invalid.New("The folder of a delivery must lie below the reports of the service; give its name only.")
	}
	if err := ctx.Err(); err != nil {
		return domain.FaultOf(err)
	}
	folder := filepath.Join(c.folder, p.To.Address)
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return domain.Storage.Wrap(err, "The folder of the delivery cannot be made; check the data directory.")
	}
	file, err := os.CreateTemp(folder, ".report-*")
	if err != nil {
		return domain.Storage.Wrap(err, "The report cannot be written into the folder.")
	}
	_, err = file.Write(p.Content)
	err = errors.Join(err, file.Close())
	if err == nil {
		err = os.Rename(file.Name(), filepath.Join(folder, p.FileName))
	}
	if err != nil {
		_ = os.Remove(file.Name()) // what is told is why it was not written
		return domain.Storage.Wrap(err, "The report cannot be written into the folder.")
	}
	return nil
}
