package file

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/minio/minio-go/v7"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

// Whether files can be kept at a place and be had again is tried before anybody needs it: when the configuration is
// checked, when the program starts, and every minute. What keeps them out is told in words to whoever set the place up.

// probeName is an object of ours in every bucket. It stays, for the key need not be allowed to remove anything.
const probeName = ".probe"

var probeBytes = []byte("承启试写，请勿删除\n")

// probePatience is how long a place may take to answer a try.
var probePatience = 10 * time.Second

// Try 试存放处 writes a few bytes to the place and reads them back. Its error is of the kind errs.Refused if the place
// itself says no, which waiting does not mend, and errs.Unavailable if it does not answer.
func (s Store) Try(ctx context.Context) error { return s.tried(ctx, true) }

// Look is Try that leaves the place as it is, for every minute: a bucket may keep all that was ever written.
func (s Store) Look(ctx context.Context) error { return s.tried(ctx, false) }

func (s Store) tried(ctx context.Context, write bool) error {
	ctx, stop := context.WithTimeout(ctx, probePatience)
	defer stop()
	return s.shelf().try(ctx, write)
}

func (f folder) try(context.Context, bool) error {
	probe, err := os.CreateTemp(string(f), passing+"*")
	if err == nil {
		err = errors.Join(probe.Close(), os.Remove(probe.Name()))
	}
	switch {
	case errors.Is(err, syscall.ENOTDIR):
		return errs.New(errs.Refused, "%s 不是文件夹", string(f)).Because(err)
	case errors.Is(err, os.ErrNotExist): // not made here: it may be that the disk it lies on is not mounted
		return errs.New(errs.Refused, "%s 不在，共用的文件夹要先挂上", string(f)).Because(err)
	case errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS):
		return errs.New(errs.Refused, "%s 写不进去，请检查服务账号的权限", string(f)).Because(err)
	case err != nil:
		return errs.New(errs.Unavailable, "%s 现在写不进去，请检查磁盘和共享文件夹", string(f)).Because(err)
	}
	return nil
}

func (b *bucket) try(ctx context.Context, write bool) error {
	if write {
		if err := b.put(ctx, probeName, probeBytes); err != nil {
			return b.refusal(err, "写")
		}
	}
	in, err := b.client.GetObject(ctx, b.name, path.Join(b.prefix, probeName), minio.GetObjectOptions{})
	if err != nil {
		return b.refusal(err, "读")
	}
	defer func() { _ = in.Close() }() // only read
	got, err := io.ReadAll(io.LimitReader(in, 1<<10))
	switch {
	case err != nil && !write && minio.ToErrorResponse(err).Code == minio.NoSuchKey:
		return nil // the bucket is there and lets us read
	case err != nil:
		return b.refusal(err, "读")
	case write && !bytes.Equal(got, probeBytes):
		return errs.New(errs.Refused, "对象存储（桶“%s”）读回来的和写进去的不一样", b.name)
	}
	return nil
}

// put writes a few bytes of ours beside the attachments.
func (b *bucket) put(ctx context.Context, name string, text []byte) error {
	_, err := b.client.PutObject(ctx, b.name, path.Join(b.prefix, name), bytes.NewReader(text), int64(len(text)), minio.PutObjectOptions{
		ContentType: "text/plain; charset=utf-8", SendContentMd5: true, DisableMultipart: true,
	})
	return err
}

// refusal says why the storage does not do what was asked of it.
func (b *bucket) refusal(err error, doing string) error {
	said := minio.ToErrorResponse(err)
	text := ""
	switch said.Code {
	case minio.NoSuchBucket:
		text = fmt.Sprintf("对象存储里没有桶“%s”，请先建好，或改正 s3:// 后面的桶名", b.name)
	case minio.InvalidAccessKeyID, "InvalidAccessKeyID", "XAdminUserNotFound": // the last is of versitygw
		text = "对象存储不认这个密钥编号，请检查 CHENGQI_S3_KEY"
	case minio.SignatureDoesNotMatch:
		text = "对象存储说密钥不对，请检查 CHENGQI_S3_SECRET"
	case minio.AccessDenied, minio.AllAccessDisabled, "InvalidToken", "AccountProblem":
		text = fmt.Sprintf("对象存储不准这个密钥%s“%s”，请给它读写的权限，再检查 CHENGQI_S3_KEY、CHENGQI_S3_SECRET", doing, path.Join(b.name, b.prefix))
	case minio.RequestTimeTooSkewed, "RequestExpired", "ExpiredToken":
		text = "本机和对象存储的时间相差太多，请先校时（timedatectl）"
	case minio.AuthorizationHeaderMalformed, minio.InvalidRegion, "IllegalLocationConstraintException", "PermanentRedirect":
		text = "区域不对，请检查 CHENGQI_S3_REGION 和 CHENGQI_S3_ENDPOINT"
		if said.Region != "" {
			text = fmt.Sprintf("区域不对，这个桶在“%s”，请写进 CHENGQI_S3_REGION", said.Region)
		}
	case minio.InvalidBucketName:
		text = fmt.Sprintf("桶名“%s”不合规矩：三到六十三个小写字母、数字、连字符", b.name)
	}
	if text == "" {
		return b.silence(err, said)
	}
	return errs.New(errs.Refused, "%s", text).Because(err)
}

// silence says why the storage did not answer, or not in words we know.
func (b *bucket) silence(err error, said minio.ErrorResponse) error {
	at := b.client.EndpointURL().Host
	kind, text := errs.Unavailable, fmt.Sprintf("对象存储 %s 连不上，请检查它是否在运行、网络是否通", at)
	switch why, untrusted := errs.Unreached(err); {
	case untrusted:
		kind, text = errs.Refused, fmt.Sprintf("对象存储 %s 的%s（CHENGQI_S3_ENDPOINT）", at, why)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, errSilent):
		text = fmt.Sprintf("对象存储 %s 没有及时应答", at)
	case why != "":
		text = fmt.Sprintf("对象存储 %s 连不上：%s（CHENGQI_S3_ENDPOINT）", at, why)
	case strings.Contains(err.Error(), "HTTP response to HTTPS client"):
		kind, text = errs.Refused, fmt.Sprintf("对象存储 %s 不是 https 的，CHENGQI_S3_ENDPOINT 要写 http://", at)
	case said.StatusCode == 400 && said.Code == "":
		kind, text = errs.Refused, fmt.Sprintf("%s 答的不是对象存储的话，请检查 CHENGQI_S3_ENDPOINT 的地址、端口和 https", at)
	case said.StatusCode == 507 || strings.Contains(said.Code, "Full") || strings.Contains(said.Code, "Quota"):
		text = "对象存储满了或超过限额"
	case said.StatusCode >= 500:
		text = fmt.Sprintf("对象存储 %s 出了差错（%d）", at, said.StatusCode)
	case said.Code != "" && said.StatusCode >= 400:
		kind, text = errs.Refused, fmt.Sprintf("对象存储 %s 拒绝了（%s）", at, said.Code)
	}
	return errs.New(kind, "%s", text).Because(err)
}

// placeError 存放处的错 is what a bucket answers, for the log and for whoever runs the program by hand; people who send or
// open a file are told in other words (unread, unsaved).
type placeError struct {
	doing string
	why   error
}

func (e *placeError) Error() string { return e.doing + "：" + e.why.Error() }

// Unwrap leaves the sentence out: it is not for those who send or open a file.
func (e *placeError) Unwrap() error { return errors.Unwrap(e.why) }

func (b *bucket) failed(doing, digest string, err error) error {
	return &placeError{doing: doing + " " + filepath.Join(digest[:2], digest), why: b.refusal(err, doing)}
}
