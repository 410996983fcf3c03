-- +goose Up
-- 保管状态: the papers of a document are in use, in the archive, or set apart for destruction, never two at once (ARCH-13).
-- It stands in one column, so that it cannot be two. What was there before is put where its fields say it is.
ALTER TABLE matters ADD COLUMN custody TEXT NOT NULL DEFAULT '' CONSTRAINT matter_custody CHECK (custody IN ('','现行','存档','待销毁','已销毁'));
UPDATE matters SET custody = CASE
    WHEN fields LIKE '%"destroyed_list":"_%' THEN '已销毁'
    WHEN fields LIKE '%"archive_number":"_%' THEN '存档'
    ELSE '现行' END
  WHERE kind IN ('incoming', 'outgoing', 'joint-issue');
-- What stands on a list of destruction that is under way, once through the lists and not once for each document.
UPDATE matters SET custody = '待销毁' WHERE state = 'closed' AND custody IN ('现行', '存档') AND id IN (
  SELECT CAST(json_extract(i.value, '$.source') AS INTEGER) FROM matters d, json_each(d.fields, '$.items') i -- only sqlite
  SELECT CAST(NULLIF(i.value->>'source', '') AS BIGINT) FROM matters d, jsonb_path_query(CAST(d.fields AS jsonb), '$.items[*]') AS i(value) -- only postgres
    WHERE d.kind = 'destruction' AND d.state = 'open' AND d.step <> 'list');

-- 归档包: each package made of a closed matter, the old ones kept, and what was found when it was last tested (ARCH-28,
-- ARCH-36). version is the matter's when it was made; when the matter has gone on, the package is made again.
CREATE TABLE packages (
  id        BIGINT PRIMARY KEY,
  agency_id BIGINT NOT NULL,
  matter_id BIGINT NOT NULL REFERENCES matters(id),
  version   BIGINT NOT NULL,
  type      TEXT NOT NULL,
  file_id   BIGINT NOT NULL REFERENCES files(id),
  made_at   BIGINT NOT NULL,
  tested_at BIGINT NOT NULL DEFAULT 0,
  faults    TEXT NOT NULL DEFAULT '[]'
);
CREATE UNIQUE INDEX packages_by_matter ON packages (matter_id, version);

-- The matters whose package is to be made or tested: the work of any one server, done after the action that asked for it.
CREATE TABLE packages_due (
  matter_id BIGINT PRIMARY KEY REFERENCES matters(id),
  agency_id BIGINT NOT NULL,
  at        BIGINT NOT NULL,
  fault     TEXT NOT NULL DEFAULT ''
);
CREATE INDEX packages_due_at ON packages_due (at, matter_id);
