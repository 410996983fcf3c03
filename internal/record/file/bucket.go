package file

import (
	"context"
	"errors"
	"io"
	"net/url"
	"os"
	"path"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"github.com/chengqi-oa/chengqi/internal/base/errs"
)

const (
	bucketScheme = "s3://"
	bucketRate   = 256 << 10 // bytes a second: a storage slower than that is of no use to anybody
)

var errSilent = errors.New("the storage does not answer")

// bucketPatience is how long the storage may be silent when it was asked something.
var bucketPatience = time.Minute

// bucket 存储桶 is a shelf in S3-compatible storage. The objects have the names that files have in a folder, so that an
// office's folder can be copied into a bucket as it is.
type bucket struct {
	client *minio.Client
	name   string
	prefix string
}

// openBucket reads where the storage is and the key to it from the environment: neither belongs on a command line.
func openBucket(place string, env func(string) string) (*bucket, error) {
	u, err := url.Parse(place)
	if err != nil || u.Host == "" {
		return nil, errs.New(errs.Refused, "附件存放处“%s”写错了，应为 s3://桶/前缀", place).Because(err)
	}
	var reasons []errs.Reason
	setting := func(name, what string) string {
		if env(name) == "" {
			reasons = append(reasons, errs.Reason{Text: "请在环境变量 " + name + " 里写明" + what, Field: name})
		}
		return env(name)
	}
	endpoint := setting("CHENGQI_S3_ENDPOINT", "对象存储的地址，如 https://存储主机:9000")
	key, secret := setting("CHENGQI_S3_KEY", "访问密钥的编号"), setting("CHENGQI_S3_SECRET", "访问密钥")
	at, err := url.Parse(endpoint)
	if endpoint != "" && (err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http") {
		reasons = append(reasons, errs.Reason{Text: "CHENGQI_S3_ENDPOINT 要以 https:// 或 http:// 开头", Field: "CHENGQI_S3_ENDPOINT"})
	}
	if len(reasons) > 0 {
		return nil, errs.Refuse("附件存放处没有打开", reasons...)
	}
	client, err := minio.New(at.Host, &minio.Options{
		Creds: credentials.NewStaticV4(key, secret, ""), Secure: at.Scheme == "https", Region: env("CHENGQI_S3_REGION"),
	})
	if err != nil {
		return nil, errs.New(errs.Refused, "附件存放处“%s”没有打开", place).Because(err)
	}
	return &bucket{client: client, name: u.Host, prefix: strings.Trim(u.Path, "/")}, nil
}

func (b *bucket) object(digest string) string { return path.Join(b.prefix, digest[:2], digest) }

func (b *bucket) keep(ctx context.Context, from, digest string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // only read
	info, err := in.Stat()
	if err != nil {
		return err
	}
	ctx, stop := context.WithTimeout(ctx, bucketPatience+time.Duration(info.Size()/bucketRate)*time.Second)
	defer stop()
	_, err = b.client.PutObject(ctx, b.name, b.object(digest), in, info.Size(), minio.PutObjectOptions{
		ContentType: "application/octet-stream", SendContentMd5: true, DisableMultipart: true,
	})
	if err != nil {
		return b.failed("写", digest, err)
	}
	return nil
}

func (b *bucket) fetch(ctx context.Context, digest string) (io.ReadCloser, error) {
	asked, stop := context.WithCancel(ctx)
	w := &watched{ctx: ctx, stop: stop, timer: time.AfterFunc(bucketPatience, stop)}
	in, err := b.client.GetObject(asked, b.name, b.object(digest), minio.GetObjectOptions{})
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	w.in = in
	_, err = in.Stat() // asked only now, as is the bucket
	w.timer.Stop()
	if err != nil {
		_ = w.Close()
		if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
			return nil, os.ErrNotExist
		}
		return nil, b.failed("读", digest, w.gaveUp(err))
	}
	return w, nil
}

// watched 看着读 is an object whose storage may be slow but not silent: nobody waits for it without end, least of all a
// backup.
type watched struct {
	ctx   context.Context //nolint:containedctx // the caller's, who may leave between two reads
	in    io.ReadCloser
	timer *time.Timer
	stop  context.CancelFunc
}

func (w *watched) Read(b []byte) (int, error) {
	w.timer.Reset(bucketPatience)
	n, err := w.in.Read(b)
	w.timer.Stop()
	if err != nil && !errors.Is(err, io.EOF) {
		err = w.gaveUp(err)
	}
	return n, err
}

// gaveUp tells that we gave up from that the caller did, which is no fault of the storage.
func (w *watched) gaveUp(err error) error {
	if w.ctx.Err() == nil && errors.Is(err, context.Canceled) {
		return errSilent
	}
	return err
}

func (w *watched) Close() error {
	w.timer.Stop()
	w.stop()
	if w.in == nil {
		return nil
	}
	return w.in.Close()
}
