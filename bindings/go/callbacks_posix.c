/* SPDX-License-Identifier: MIT */
//go:build linux && !codedeploy_no_posix

/* The callbacks of libcodedeploy-posix: each passes on to the Go function of the same name. */
#include "shim_posix.h"

#include "_cgo_export.h"

static cdp_status deploy_news(const cdp_posix_news *news, void *user)
{
    return cdpgoDeployNews((cdp_posix_news *)news, (uintptr_t)user);
}

static cdp_status deploy_fetch(const cdp_posix_fetch *what, void *user)
{
    return cdpgoDeployFetch((cdp_posix_fetch *)what, (uintptr_t)user);
}

void cdpgo_deploy_news(cdp_posix_deploy_options *options, uintptr_t handle, int fetches)
{
    options->news = deploy_news;
    options->fetch = fetches ? deploy_fetch : NULL;
    options->user = (void *)handle;
}

static cdp_status bundle_progress(uint64_t entries, uint64_t bytes, void *user)
{
    return cdpgoBundleProgress(entries, bytes, (uintptr_t)user);
}

void cdpgo_bundle_progress(cdp_posix_bundle_options *options, uintptr_t handle)
{
    options->progress = bundle_progress;
    options->user = (void *)handle;
}

static cdp_status log_entry(cdp_posix_log_kind kind, cdp_string text, void *user)
{
    return cdpgoLogEntry(kind, text, (uintptr_t)user);
}

void cdpgo_log_entry(cdp_posix_log_options *options, uintptr_t handle)
{
    options->entry = log_entry;
    options->user = (void *)handle;
}
