package reporting

import (
	"context"
	"errors"
	"log/slog"
	"net/url"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/reporting"
	"github.com/docsteward/docsteward/ports/usecase"
)

func (s *service) listDeliveries(ctx context.Context, c reporting.ListDeliveries) (reporting.DeliveryList, error) {
	page, err := s.Deliveries.Find(ctx, reporting.DeliveryFilter{Status: report.DeliveryStatus(c.Status), Schedule: c.ScheduleID}, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	list := reporting.DeliveryList{Items: []reporting.Delivery{}, Total: page.Total, Limit: page.Limit, Offset: page.Offset, HasMore: page.HasMore()}
	for _, d := range page.Items {
		list.Items = append(list.Items, deliveryView(d))
	}
	return list, err
}

func (s *service) retryDelivery(ctx context.Context, c reporting.RetryDelivery) (reporting.Delivery, error) {
	unknown := domain.NotFound.New("Delivery not found; list them with GET /api/v1/reporting/deliveries.")
	id, err := report.ParseDeliveryID(c.ID)
	if err != nil {
		return reporting.Delivery{}, unknown
	}
	d, err := s.Deliveries.Get(ctx, id)
	if errors.Is(err, domain.NotFound) {
		return reporting.Delivery{}, unknown
	}
	if err != nil {
		return reporting.Delivery{}, err
	}
	if err := d.Again(s.now()); err != nil {
		return reporting.Delivery{}, err
	}
	return deliveryView(d), s.Deliveries.Save(ctx, d)
}

// deliver attempts a delivery that is due, once. A delivery that another process
// claimed first is theirs.
func (s *service) deliver(ctx context.Context, d report.Delivery) error {
	d.Claim(s.now())
	if err := s.Deliveries.Save(ctx, d); err != nil {
		if errors.Is(err, domain.Conflict) {
			return nil
		}
		return err
	}
	err := s.bring(ctx, d)
	if ctx.Err() != nil {
		return nil // the claim lapses, and the delivery is attempted again
	}
	if err == nil {
		d.Arrived(s.now())
		return s.Deliveries.Save(ctx, d)
	}
	fault := domain.FaultOf(err)
	hopeless := fault.Kind == domain.Invalid || fault.Kind == domain.Rejected || fault.Kind == domain.NotFound
	d.Missed(s.now(), fault.Kind.String()+": "+fault.Message, hopeless, s.Random())
	s.Logger.WarnContext(ctx, "report not delivered", slog.String("delivery", d.ID.String()), slog.String("report", d.Report.String()),
		slog.String("status", string(d.Status)), slog.Int("attempts", d.Attempts), slog.Any("error", err))
	return s.Deliveries.Save(ctx, d)
}

func (s *service) bring(ctx context.Context, d report.Delivery) error {
	r, err := s.Reports.Get(ctx, d.Report)
	if err != nil {
		return err
	}
	content, err := s.Reports.Content(ctx, d.Report)
	if err != nil {
		return err
	}
	return s.Courier.Bring(ctx, reporting.Parcel{
		Key: d.ID.String(), To: d.To, Title: r.Title, Text: "The report " + r.Title + " was made; read it at " + downloadPath(r.ID) + ".", Link: downloadPath(r.ID),
		FileName: r.FileName(), MediaType: r.Format.MediaType(), Content: content,
	})
}

func deliveryView(d report.Delivery) reporting.Delivery {
	return reporting.Delivery{
		DeliveryID: d.ID.String(), ReportID: d.Report.String(), ScheduleID: d.Schedule, Channel: string(d.To.Channel), Address: openly(d.To.Address),
		Status: string(d.Status), Attempts: d.Attempts, Cause: d.Cause, NextAttempt: usecase.TimeOrNil(d.NextAt), CreatedAt: d.CreatedAt,
		FinishedAt: usecase.TimeOrNil(d.FinishedAt),
	}
}

// openly is an address without what may be secret: of a URL the host only.
func openly(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Scheme + "://" + u.Host + "/…"
	}
	return address
}
