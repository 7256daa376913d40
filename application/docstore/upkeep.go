package docstore

import (
	"context"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/ports/backup"
	"github.com/docsteward/docsteward/ports/docstore"
)

// defaultBackups is how many backups are kept unless configured.
const defaultBackups = 7

// Housekeeping is what looks after the store itself.
type Housekeeping struct {
	Upkeep     docstore.Upkeep
	Backups    backup.Backups
	QualityLog docstore.QualityLog
	// KeepBackups is how many backups are kept; 0 means 7.
	KeepBackups int
}

func (s *service) fillUpkeep(menu *docstore.UseCases) {
	menu.MakeBackup.HandleFunc(s.makeBackup)
	menu.ListBackups.HandleFunc(s.listBackups)
	menu.GetStorageStats.HandleFunc(s.getStorageStats)
	menu.ListQualityHistory.HandleFunc(s.listQualityHistory)
	menu.RecordEvent.HandleFunc(s.recordOutsideEvent)
	menu.GetNotificationStats.HandleFunc(s.getNotificationStats)
}

func (s *service) makeBackup(ctx context.Context, _ docstore.MakeBackup) (docstore.Backup, error) {
	began := s.Clock.Now()
	file, err := s.Backups.Make(ctx, began)
	if err != nil {
		return docstore.Backup{}, err
	}
	view := backupView(file)
	view.DurationSeconds = s.Clock.Now().Sub(began).Seconds()
	keep := s.KeepBackups
	if keep == 0 {
		keep = defaultBackups
	}
	erased, err := s.Backups.Keep(ctx, keep)
	for _, old := range erased {
		view.Erased = append(view.Erased, old.Path)
	}
	return view, err
}

func (s *service) listBackups(ctx context.Context, _ docstore.ListBackups) (docstore.BackupList, error) {
	files, err := s.Backups.List(ctx)
	list := docstore.BackupList{Items: make([]docstore.Backup, len(files)), Total: len(files)}
	for i, file := range files {
		list.Items[i] = backupView(file)
	}
	return list, err
}

func backupView(f backup.File) docstore.Backup {
	return docstore.Backup{Path: f.Path, Bytes: f.Bytes, SHA256: f.SHA256, MadeAt: f.MadeAt, Erased: []string{}}
}

func (s *service) getStorageStats(ctx context.Context, _ docstore.GetStorageStats) (docstore.StorageStats, error) {
	var stats docstore.StorageStats
	size, err := s.Upkeep.Size(ctx)
	if err != nil {
		return stats, err
	}
	stats.DatabaseSizeMB = float64(size) / (1 << 20)
	return stats, s.eachDocument(ctx, document.Filter{}, func(d document.State) {
		stats.DocumentCount++
		stats.TotalContentSize += int64(d.Size)
	})
}

// eachDocument calls visit with every living document that the filter keeps, without content, page by
// page, so that documents which change meanwhile may be seen twice or missed.
func (s *service) eachDocument(ctx context.Context, filter document.Filter, visit func(document.State)) error {
	for offset := 0; ; {
		page, err := s.Documents.List(ctx, filter, domain.PageRequest{Limit: domain.MaxLimit, Offset: offset}, false)
		if err != nil {
			return err
		}
		for _, d := range page.Items {
			visit(d)
		}
		if !page.HasMore() || len(page.Items) == 0 {
			return nil
		}
		offset += len(page.Items)
	}
}

func (s *service) listQualityHistory(ctx context.Context, c docstore.ListQualityHistory) (docstore.QualityHistory, error) {
	page, err := s.QualityLog.List(ctx, domain.PageRequest{Limit: c.Limit, Offset: c.Offset})
	views := domain.MapPage(page, summaryView)
	return docstore.QualityHistory{Items: views.Items, Total: views.Total, Limit: views.Limit, Offset: views.Offset, HasMore: views.HasMore()}, err
}

func summaryView(s document.QualitySummary) docstore.QualitySummary {
	view := docstore.QualitySummary{
		TakenAt: s.At, DocumentCount: s.Documents, StaleCount: s.Flags[document.FlagStale], RedundantCount: s.Flags[document.FlagRedundant],
		Flags: make(map[string]int, len(s.Flags)),
	}
	view.StalePercentage = percentage(view.StaleCount, view.DocumentCount)
	view.RedundantPercentage = percentage(view.RedundantCount, view.DocumentCount)
	for flag, n := range s.Flags {
		view.Flags[string(flag)] = n
	}
	return view
}
