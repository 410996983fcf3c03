-- +goose Up
-- The post that leads a post: the director's or a deputy's (ORG-02, ORG-03). None: 0.
ALTER TABLE posts ADD COLUMN led_by BIGINT NOT NULL DEFAULT 0;
