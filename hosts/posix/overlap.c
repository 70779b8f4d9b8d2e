/* SPDX-License-Identifier: MIT */
#include "overlap.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>

/*
 * UNFINISHED: how many copies may be on their way, each with a descriptor. WORTH_IT: after how many
 * the thread begins. WORTH_WAKING: how many wait before it is woken; the caller does the rest.
 */
enum { UNFINISHED = 40, WORTH_IT = 16, WORTH_WAKING = 8, STACK_BYTES = 256 << 10 };

typedef struct slot {
    px_copying copy;
    px_folder *folder;
    px_buffer name;
    bool is_busy;
} slot;

struct px_overlap {
    pthread_mutex_t lock;
    pthread_cond_t wake; /* the thread */
    pthread_cond_t idle; /* the caller */
    pthread_t thread;
    bool has_thread;
    bool is_alone; /* no thread can be had, or would have a processor */
    bool is_asleep;
    bool is_awaited;
    bool is_ending;
    /* Copies since the last wait: copy number N is in slot N % PX_OVERLAP_MOST. */
    size_t added;
    size_t taken;
    size_t finished;
    slot slots[PX_OVERLAP_MOST];
    /* The first that failed. */
    cdp_status failure;
    int error;
    size_t failed;
    px_buffer failed_name;
    px_copier own;
    px_copier other;
};

px_overlap *px_overlap_new(void)
{
    px_overlap *made = calloc(1, sizeof *made);

    if (!made)
        return NULL;
    pthread_mutex_init(&made->lock, NULL);
    pthread_cond_init(&made->wake, NULL);
    pthread_cond_init(&made->idle, NULL);
    return made;
}

static void note_failure(px_overlap *self, size_t number, cdp_status status, int error)
{
    const px_buffer *name = &self->slots[number % PX_OVERLAP_MOST].name;

    if (self->failure != CDP_OK && self->failed < number)
        return;
    self->failure = status;
    self->error = error;
    self->failed = number;
    self->failed_name.length = 0;
    px_put(&self->failed_name, name->data, name->length);
    (void)px_c_string(&self->failed_name);
}

/* Does the next one that waits; called with the lock, which it lets go of meanwhile. */
static void do_next(px_overlap *self, px_copier *copier)
{
    size_t number = self->taken++;
    slot *at = &self->slots[number % PX_OVERLAP_MOST];
    px_folder *folder = at->folder;
    bool is_wanted = self->failure == CDP_OK;
    cdp_status status = CDP_OK;
    int error;

    at->copy.made = folder->made;
    pthread_mutex_unlock(&self->lock);
    if (is_wanted)
        status = px_copy_file(copier, &at->copy, NULL);
    else
        px_close(&at->copy.from);
    error = errno;
    pthread_mutex_lock(&self->lock);
    if (status != CDP_OK)
        note_failure(self, number, status, error);
    folder->made = at->copy.made;
    px_folder_drop(folder);
    at->is_busy = false;
    self->finished++;
}

static void *work(void *user)
{
    px_overlap *self = user;

    pthread_mutex_lock(&self->lock);
    while (!self->is_ending) {
        if (self->taken < self->added) {
            do_next(self, &self->other);
            if (self->is_awaited)
                pthread_cond_signal(&self->idle);
            continue;
        }
        self->is_asleep = true;
        pthread_cond_wait(&self->wake, &self->lock);
        self->is_asleep = false;
    }
    pthread_mutex_unlock(&self->lock);
    return NULL;
}

/* Lets the thread finish one, when the caller has nothing to do but wait. */
static void wait_for_one(px_overlap *self)
{
    self->is_awaited = true;
    pthread_cond_wait(&self->idle, &self->lock);
    self->is_awaited = false;
}

static bool has_processors(void)
{
    cpu_set_t set;

    return sched_getaffinity(0, sizeof set, &set) != 0 || CPU_COUNT(&set) > 1;
}

/* Signals are for the threads of the program. */
static void start(px_overlap *self)
{
    sigset_t all, before;
    pthread_attr_t attributes;

    self->is_alone = true;
    if (!has_processors() || pthread_attr_init(&attributes) != 0)
        return;
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    if (pthread_create(&self->thread, &attributes, work, self) == 0) {
        self->has_thread = true;
        self->is_alone = false;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
}

/* Room for one more: the caller lends a hand. */
static slot *find_room(px_overlap *self)
{
    slot *at = &self->slots[self->added % PX_OVERLAP_MOST];

    while (at->is_busy || self->added - self->finished >= UNFINISHED) {
        if (self->taken < self->added)
            do_next(self, &self->own);
        else
            wait_for_one(self);
    }
    return at;
}

cdp_status px_overlap_add(px_overlap *overlap, const px_copying *copy, px_folder *folder,
                          const char *name)
{
    px_copying own = *copy;
    cdp_status status;
    slot *at;

    pthread_mutex_lock(&overlap->lock);
    at = find_room(overlap);
    at->name.length = 0;
    px_put_c(&at->name, name);
    own.name = px_c_string(&at->name);
    status = own.name ? overlap->failure : CDP_ERR_NOMEM;
    if (status == CDP_OK) {
        own.name += px_base_name(own.name);
        own.folder = folder->fd;
        own.to = -1;
        own.is_there = false;
        folder->users++;
        at->copy = own;
        at->folder = folder;
        at->is_busy = true;
        overlap->added++;
        if (overlap->is_asleep && overlap->added - overlap->taken >= WORTH_WAKING)
            pthread_cond_signal(&overlap->wake);
    }
    errno = overlap->error;
    pthread_mutex_unlock(&overlap->lock);
    if (status != CDP_OK)
        px_close(&own.from);
    else if (!overlap->has_thread && !overlap->is_alone && overlap->added >= WORTH_IT)
        start(overlap);
    return status;
}

void px_overlap_drop(px_overlap *overlap, px_folder *folder)
{
    pthread_mutex_lock(&overlap->lock);
    px_folder_drop(folder);
    pthread_mutex_unlock(&overlap->lock);
}

bool px_overlap_is_there(const px_overlap *overlap, size_t index)
{
    return overlap->slots[index % PX_OVERLAP_MOST].copy.is_there;
}

cdp_status px_overlap_wait(px_overlap *overlap, size_t *index)
{
    cdp_status status;

    pthread_mutex_lock(&overlap->lock);
    while (overlap->finished < overlap->added) {
        if (overlap->taken < overlap->added)
            do_next(overlap, &overlap->own);
        else
            wait_for_one(overlap);
    }
    status = overlap->failure;
    if (status != CDP_OK && index)
        *index = overlap->failed;
    overlap->failure = CDP_OK;
    overlap->added = overlap->taken = overlap->finished = 0;
    errno = overlap->error;
    pthread_mutex_unlock(&overlap->lock);
    return status;
}

const char *px_overlap_failed(const px_overlap *overlap)
{
    return overlap->failed_name.data ? overlap->failed_name.data : "";
}

void px_overlap_free(px_overlap *overlap)
{
    if (!overlap)
        return;
    (void)px_overlap_wait(overlap, NULL);
    if (overlap->has_thread) {
        pthread_mutex_lock(&overlap->lock);
        overlap->is_ending = true;
        pthread_cond_signal(&overlap->wake);
        pthread_mutex_unlock(&overlap->lock);
        pthread_join(overlap->thread, NULL);
    }
    pthread_mutex_destroy(&overlap->lock);
    pthread_cond_destroy(&overlap->wake);
    pthread_cond_destroy(&overlap->idle);
    for (size_t i = 0; i < PX_OVERLAP_MOST; i++)
        px_buffer_release(&overlap->slots[i].name);
    px_buffer_release(&overlap->failed_name);
    px_copier_release(&overlap->own);
    px_copier_release(&overlap->other);
    free(overlap);
}
