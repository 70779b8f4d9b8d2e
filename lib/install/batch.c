/* SPDX-License-Identifier: MIT */
/* Copying several files in one call of the host. */
#include "base/allocator.h"
#include "base/strings.h"
#include "install/apply.h"

enum { MOST = 256 };

struct cdp_install_batch {
    cdp_fs_copy copies[MOST];
    size_t count;
    /* Source and destination of each, each with a NUL behind, and where the two begin. */
    cdp_text paths;
    size_t at[MOST][2];
};

void cdp_install_batch_free(cdp_install *in)
{
    if (!in->batch)
        return;
    cdp_text_release(&in->batch->paths);
    cdp_release(&in->allocator, in->batch, sizeof *in->batch);
    in->batch = NULL;
}

static struct cdp_install_batch *begin(cdp_install *in)
{
    if (!in->batch) {
        in->batch = cdp_allocate(&in->allocator, sizeof *in->batch);
        if (in->batch)
            cdp_text_init(&in->batch->paths, &in->allocator);
    }
    if (in->batch) {
        in->batch->count = 0;
        cdp_text_clear(&in->batch->paths);
    }
    return in->batch;
}

static bool is_file(const cdp_install *in, const cdp_step *step)
{
    return !(cdp_plan_node(in->plan, step->node)->flags & (CDP_NODE_MADE | CDP_NODE_LINK));
}

static void add(cdp_install *in, struct cdp_install_batch *batch, const cdp_step *step)
{
    cdp_fs_copy *copy = &batch->copies[batch->count];

    cdp_text_clear(&in->path);
    *copy = (cdp_fs_copy){.size = sizeof *copy,
                          .from_root = cdp_plan_put_source(in->plan, step, &in->path),
                          .to_root = CDP_FS_DESTINATION,
                          .keep = CDP_INSTALL_KEEP_ALL};
    for (int i = 0; i < 2; i++) {
        if (i == 1)
            cdp_install_put_staged_node(in, step->node, &in->path);
        if (cdp_text_status(&in->path) != CDP_OK)
            batch->paths.status = CDP_ERR_NOMEM;
        batch->at[batch->count][i] = batch->paths.length;
        cdp_text_put(&batch->paths, cdp_text_string(&in->path));
        cdp_text_put_byte(&batch->paths, '\0');
    }
    batch->count++;
}

/* Points the copies at their paths, which move no more. */
static void point(struct cdp_install_batch *batch)
{
    const char *data = batch->paths.data;
    size_t end = batch->paths.length;

    for (size_t i = batch->count; i-- > 0;) {
        const size_t *at = batch->at[i];

        batch->copies[i].from = cdp_string_slice(data + at[0], at[1] - at[0] - 1);
        batch->copies[i].to = cdp_string_slice(data + at[1], end - at[1] - 1);
        end = at[0];
    }
}

/* As if they had been copied one after the other. */
static cdp_status tell(cdp_install *in, size_t done)
{
    cdp_status status = CDP_OK;

    for (size_t i = 0; i < done && status == CDP_OK; i++) {
        uint64_t bytes = in->batch->copies[i].bytes;

        cdp_install_put_destination(in, in->plan->steps[in->cursor].node, &in->other);
        status = cdp_text_status(&in->other);
        if (status == CDP_OK)
            status = cdp_install_tell(in, cdp_text_string(&in->other));
        in->progress.bytes += bytes;
        if (status == CDP_OK && bytes > 0)
            status = cdp_install_tell(in, cdp_text_string(&in->other));
        in->progress.objects++;
        in->cursor++;
    }
    return status;
}

cdp_status cdp_install_copy_batch(cdp_install *in)
{
    const cdp_step *steps = in->plan->steps;
    struct cdp_install_batch *batch;
    cdp_status copied;
    cdp_status status;
    size_t done;

    if (!in->fs.copy_files || in->cursor + 1 >= in->plan->step_count ||
        !is_file(in, &steps[in->cursor]) || !is_file(in, &steps[in->cursor + 1]))
        return CDP_OK;
    batch = begin(in);
    if (!batch)
        return CDP_ERR_NOMEM;
    for (size_t i = in->cursor; i < in->plan->step_count && batch->count < MOST; i++) {
        if (!is_file(in, &steps[i]))
            break;
        add(in, batch, &steps[i]);
    }
    if (cdp_text_status(&batch->paths) != CDP_OK)
        return CDP_ERR_NOMEM;
    point(batch);
    copied = cdp_fs_copy_files(&in->fs, batch->copies, batch->count, &done);
    if (copied == CDP_ERR_UNSUPPORTED)
        in->fs.copy_files = NULL;
    /* A source that is a link by now: whoever copies one after the other sees to that. */
    if (copied == CDP_ERR_UNSUPPORTED || copied == CDP_ERR_CONFLICT)
        copied = CDP_OK;
    status = tell(in, done);
    if (copied != CDP_OK)
        return cdp_install_failed(in, copied, "copy", batch->copies[done].from);
    return status == CDP_OK && done > 0 ? CDP_PENDING : status;
}
