package reporting

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"log/slog"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/report"
	"github.com/docsteward/docsteward/ports/reporting"
	"github.com/docsteward/docsteward/ports/usecase"
)

// generate makes a report for its caller.
func (s *service) generate(ctx context.Context, c reporting.Generate) domain.DomainResult[reporting.Report] {
	order, err := s.order(c.ReportType, c.TemplateID, c.Format, c.Parameters, c.IncludeCharts)
	if err != nil {
		return domain.Fail[reporting.Report](err)
	}
	var start, end string
	if c.DateRange != nil {
		start, end = c.DateRange.Start, c.DateRange.End
	}
	period, err := report.NewPeriod(start, end, s.now())
	if err != nil {
		return domain.Fail[reporting.Report](err)
	}
	r, err := s.make(ctx, order, period, usecase.MetaOf(ctx).Caller, "", report.Destination{})
	if err != nil {
		return domain.Fail[reporting.Report](err)
	}
	result := domain.Ok(viewOf(r))
	if r.Status == report.Failed {
		return result.WithWarnings("The report failed: " + r.Failure.Message)
	}
	return result
}

// order checks what report is wanted.
func (s *service) order(kindName, templateID, formatName string, given map[string]any, charts *bool) (report.Order, error) {
	kind, err := report.ParseKind(kindName)
	if err != nil {
		return report.Order{}, err
	}
	format, err := report.ParseFormat(formatName)
	if err != nil {
		return report.Order{}, err
	}
	template, err := s.template(templateID, kind)
	if err != nil {
		return report.Order{}, err
	}
	all, err := parameters(template, given)
	if err != nil {
		return report.Order{}, err
	}
	body, err := json.Marshal(all)
	if err != nil {
		return report.Order{}, domain.Internal.Wrap(err, "The parameters cannot be written as JSON.")
	}
	return report.Order{Kind: kind, Format: format, Template: template.TemplateID, Parameters: string(body), Charts: charts == nil || *charts}, nil
}

// make makes a report with what the caller may read, keeps it whether it succeeded or
// failed, and sends it on its way.
func (s *service) make(ctx context.Context, order report.Order, period report.Period, caller usecase.Caller, schedule string, to report.Destination) (report.Report, error) {
	id, err := report.ParseID(s.IDs.New())
	if err != nil {
		return report.Report{}, err
	}
	began := s.now()
	r := report.Report{
		ID: id, Kind: order.Kind, Format: order.Format, Template: order.Template, Title: string(order.Kind), Parameters: order.Parameters, Period: period,
		Owner: caller.User, Schedule: schedule, Correlation: usecase.MetaOf(ctx).Correlation, CreatedAt: began,
	}
	content, err := s.write(ctx, &r, order, caller)
	if err != nil {
		if ctx.Err() != nil {
			return r, domain.FaultOf(ctx.Err())
		}
		r.Fail(failureOf(err), s.now().Sub(began))
		s.Logger.WarnContext(ctx, "report failed", slog.String("report", r.ID.String()), slog.String("kind", string(r.Kind)), slog.Any("error", err))
	}
	if r.Status == report.Failed {
		content = nil
	}
	return r, s.Unit.Within(ctx, func(ctx context.Context) error { return s.keep(ctx, r, content, to) })
}

func (s *service) keep(ctx context.Context, r report.Report, content []byte, to report.Destination) error {
	if err := s.Reports.Add(ctx, r, content); err != nil {
		return err
	}
	name := EventGenerated
	if r.Status == report.Failed {
		name = EventFailed
	}
	if r.Status == report.Generated && to.Channel != "" {
		id, err := report.ParseDeliveryID(s.IDs.New())
		if err != nil {
			return err
		}
		if err := s.Deliveries.Save(ctx, report.NewDelivery(id, r, to, s.now())); err != nil {
			return err
		}
	}
	return s.tell(ctx, name, r)
}

// write asks the sources and prints what they tell.
func (s *service) write(ctx context.Context, r *report.Report, order report.Order, caller usecase.Caller) ([]byte, error) {
	d := &draft{ctx: ctx, service: s, caller: caller, charts: order.Charts, Document: reporting.Document{
		From: r.Period.From, To: r.Period.To, GeneratedAt: r.CreatedAt,
	}, period: r.Period}
	if err := json.Unmarshal([]byte(order.Parameters), &d.parameters); err != nil {
		return nil, domain.Internal.Wrap(err, "The parameters of the report cannot be read.")
	}
	write := map[report.Kind]func(*draft) error{
		report.Health: healthReport, report.Quality: qualityReport, report.Drift: driftReport, report.Ownership: ownershipReport,
		report.Incident: incidentReport, report.ServiceLevel: serviceLevelReport, report.Analytics: analyticsReport, report.Audit: auditReport,
		report.IncidentNotification: notificationMessage, report.StatusUpdate: updateMessage, report.PostIncidentReview: reviewMessage,
	}[r.Kind]
	if write == nil {
		return nil, domain.Internal.New("Nobody makes reports of the kind " + string(r.Kind) + ".")
	}
	if err := write(d); err != nil {
		return nil, err
	}
	r.Title = d.Title
	content, err := s.Printer.Print(d.Document, r.Format)
	if err != nil {
		return nil, err
	}
	document, err := json.Marshal(d.Document)
	if err != nil {
		return nil, domain.Internal.Wrap(err, "The report cannot be kept as JSON.")
	}
	sum := sha256.Sum256(content)
	r.End(string(document), content, hex.EncodeToString(sum[:]), s.now().Sub(r.CreatedAt))
	return content, nil
}

// refused is a source that did not answer.
type refused struct {
	source string
	cause  error
}

// Error implements error.
func (r *refused) Error() string { return r.source + ": " + r.cause.Error() }

// Unwrap returns what the source said.
func (r *refused) Unwrap() error { return r.cause }

func failureOf(err error) report.Failure {
	fault := domain.FaultOf(err)
	f := report.Failure{Kind: fault.Kind.String(), Message: fault.Message}
	if r := (*refused)(nil); errors.As(err, &r) {
		f.Source = r.source
		f.Message = r.source + " did not answer: " + fault.Message
	}
	return f
}
