/* SPDX-License-Identifier: MIT */
#ifndef CDPGO_SHIM_H
#define CDPGO_SHIM_H

/*
 * What the binding needs in C: functions that do many small calls in one, because each call from Go
 * into C costs about fifty nanoseconds.
 */
#include <codedeploy/codedeploy.h>

/* Fills up to `capacity` views from index `first` on with the getter AT; the number filled. */
#define CDPGO_VIEWS(NAME, OBJECT, VIEW, AT)                                                        \
    static inline size_t NAME(const OBJECT *object, size_t first, VIEW *views, size_t capacity)    \
    {                                                                                              \
        size_t i = 0;                                                                              \
                                                                                                   \
        for (; i < capacity; i++) {                                                                \
            views[i].size = sizeof *views;                                                         \
            if (AT(object, first + i, &views[i]) != CDP_OK)                                        \
                break;                                                                             \
        }                                                                                          \
        return i;                                                                                  \
    }

/* The same for lists of strings. */
#define CDPGO_STRINGS(NAME, OBJECT, AT)                                                            \
    static inline size_t NAME(const OBJECT *object, cdp_string *strings, size_t capacity)          \
    {                                                                                              \
        size_t i = 0;                                                                              \
                                                                                                   \
        while (i < capacity && AT(object, i, &strings[i]) == CDP_OK)                               \
            i++;                                                                                   \
        return i;                                                                                  \
    }

CDPGO_VIEWS(cdpgo_diagnostics, cdp_diagnostics, cdp_diagnostic, cdp_diagnostics_at)
CDPGO_VIEWS(cdpgo_appspec_files, cdp_appspec, cdp_appspec_file, cdp_appspec_file_at)
CDPGO_VIEWS(cdpgo_appspec_permissions, cdp_appspec, cdp_appspec_permission,
            cdp_appspec_permission_at)
CDPGO_VIEWS(cdpgo_appspec_events, cdp_appspec, cdp_appspec_event, cdp_appspec_event_at)
CDPGO_VIEWS(cdpgo_appspec_capacity_providers, cdp_appspec, cdp_appspec_capacity_provider,
            cdp_appspec_capacity_provider_at)
CDPGO_VIEWS(cdpgo_appspec_differences, cdp_appspec_comparison, cdp_appspec_difference,
            cdp_appspec_comparison_at)
CDPGO_STRINGS(cdpgo_appspec_subnets, cdp_appspec, cdp_appspec_subnet_at)
CDPGO_STRINGS(cdpgo_appspec_security_groups, cdp_appspec, cdp_appspec_security_group_at)
static inline void cdpgo_appspec_scripts(const cdp_appspec *appspec, size_t event,
                                         cdp_appspec_script *scripts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        scripts[i].size = sizeof *scripts;
        cdp_appspec_script_at(appspec, event, i, &scripts[i]);
    }
}

CDPGO_VIEWS(cdpgo_traffic_steps, cdp_traffic_schedule, cdp_traffic_step,
            cdp_traffic_schedule_step_at)
CDPGO_VIEWS(cdpgo_plan_events, cdp_lifecycle_plan, cdp_lifecycle_event_info,
            cdp_lifecycle_plan_event_at)
CDPGO_VIEWS(cdpgo_lifecycle_events, cdp_lifecycle, cdp_lifecycle_event_record,
            cdp_lifecycle_event_at)
CDPGO_VIEWS(cdpgo_lifecycle_changes, cdp_lifecycle, cdp_lifecycle_change, cdp_lifecycle_change_at)
CDPGO_VIEWS(cdpgo_rollout_views, cdp_rollout, cdp_rollout_view, cdp_rollout_at)
CDPGO_VIEWS(cdpgo_rollout_zones, cdp_rollout, cdp_rollout_numbers, cdp_rollout_zone_at)
CDPGO_VIEWS(cdpgo_members, cdp_members, cdp_instance, cdp_members_at)
CDPGO_VIEWS(cdpgo_group_auto_scaling, cdp_group, cdp_group_auto_scaling, cdp_group_auto_scaling_at)
CDPGO_VIEWS(cdpgo_group_triggers, cdp_group, cdp_group_trigger, cdp_group_trigger_at)
CDPGO_STRINGS(cdpgo_group_load_balancers, cdp_group, cdp_group_load_balancer_at)
CDPGO_STRINGS(cdpgo_group_target_groups, cdp_group, cdp_group_target_group_at)
CDPGO_STRINGS(cdpgo_group_alarms, cdp_group, cdp_group_alarm_at)
CDPGO_VIEWS(cdpgo_install_conflicts, cdp_install_plan, cdp_install_conflict,
            cdp_install_plan_conflict_at)
CDPGO_VIEWS(cdpgo_instructions, cdp_install_instructions, cdp_install_instruction,
            cdp_install_instructions_at)

CDPGO_VIEWS(cdpgo_rollback_steps, cdp_rollback_plan, cdp_rollback_step, cdp_rollback_plan_step_at)
CDPGO_VIEWS(cdpgo_rollback_targets, cdp_rollback_plan, cdp_rollback_plan_target,
            cdp_rollback_plan_target_at)
CDPGO_VIEWS(cdpgo_rollback_restores, cdp_rollback_plan, cdp_rollback_effect,
            cdp_rollback_plan_restore_at)
CDPGO_VIEWS(cdpgo_rollback_losses, cdp_rollback_plan, cdp_rollback_effect,
            cdp_rollback_plan_loss_at)

CDPGO_VIEWS(cdpgo_deployment_changes, cdp_deployment, cdp_deployment_change,
            cdp_deployment_change_at)
CDPGO_VIEWS(cdpgo_deployment_open, cdp_deployment, cdp_deployment_action, cdp_deployment_open_at)

/* Takes out up to `capacity` actions; the number taken. */
static inline size_t cdpgo_deployment_actions(cdp_deployment *deployment,
                                              cdp_deployment_action *actions, size_t capacity)
{
    size_t i = 0;

    for (; i < capacity; i++) {
        actions[i].size = sizeof *actions;
        if (cdp_deployment_next_action(deployment, &actions[i]) != CDP_OK)
            break;
    }
    return i;
}

/* A change in words; they stand in `text` until the next call. */
static inline cdp_string cdpgo_deployment_sentence(const cdp_deployment *deployment,
                                                   const cdp_deployment_change *change,
                                                   cdp_text *text)
{
    cdp_text_clear(text);
    cdp_deployment_render_change(deployment, change, text);
    return cdp_text_string(text);
}

/* How many findings there are of which severity, in one call. */
static inline size_t cdpgo_diagnostics_state(const cdp_diagnostics *diagnostics, size_t *dropped)
{
    *dropped = cdp_diagnostics_dropped(diagnostics);
    return cdp_diagnostics_count(diagnostics);
}

/* The user of every callback is a handle of Go's. */
static inline void *cdpgo_user(uintptr_t handle)
{
    return (void *)handle;
}

/* Calls of a struct of callbacks, which Go cannot make by itself. */
#define CDPGO_FS_CALL(NAME, PARAMETERS, ...)                                                       \
    static inline cdp_status cdpgo_fs_##NAME PARAMETERS                                            \
    {                                                                                              \
        return fs->NAME ? fs->NAME(__VA_ARGS__, fs->user) : CDP_ERR_UNSUPPORTED;                   \
    }

CDPGO_FS_CALL(info,
              (const cdp_fs *fs, cdp_fs_root root, cdp_string path, int follow, cdp_fs_info *info),
              root, path, follow, info)
CDPGO_FS_CALL(list,
              (const cdp_fs *fs, cdp_fs_root root, cdp_string path, int want_bytes,
               cdp_fs_listing *listing),
              root, path, want_bytes, listing)
CDPGO_FS_CALL(read_link, (const cdp_fs *fs, cdp_fs_root root, cdp_string path, cdp_text *target),
              root, path, target)
CDPGO_FS_CALL(read_file,
              (const cdp_fs *fs, cdp_fs_root root, cdp_string path, uint64_t limit,
               cdp_text *content),
              root, path, limit, content)
CDPGO_FS_CALL(make_directory, (const cdp_fs *fs, cdp_fs_root root, cdp_string path, uint32_t mode),
              root, path, mode)
CDPGO_FS_CALL(copy_file,
              (const cdp_fs *fs, cdp_fs_root from_root, cdp_string from, cdp_fs_root to_root,
               cdp_string to, uint32_t keep, const cdp_fs_progress *progress),
              from_root, from, to_root, to, keep, progress)
CDPGO_FS_CALL(make_symlink,
              (const cdp_fs *fs, cdp_fs_root root, cdp_string path, cdp_string target), root, path,
              target)
CDPGO_FS_CALL(rename,
              (const cdp_fs *fs, cdp_fs_root root, cdp_string from, cdp_string to, int replace),
              root, from, to, replace)
CDPGO_FS_CALL(hard_link, (const cdp_fs *fs, cdp_fs_root root, cdp_string from, cdp_string to), root,
              from, to)
CDPGO_FS_CALL(remove_file, (const cdp_fs *fs, cdp_fs_root root, cdp_string path), root, path)
CDPGO_FS_CALL(remove_directory, (const cdp_fs *fs, cdp_fs_root root, cdp_string path), root, path)
CDPGO_FS_CALL(set_mode, (const cdp_fs *fs, cdp_fs_root root, cdp_string path, uint32_t mode), root,
              path, mode)
CDPGO_FS_CALL(set_owner,
              (const cdp_fs *fs, cdp_fs_root root, cdp_string path, cdp_string owner,
               cdp_string group),
              root, path, owner, group)
CDPGO_FS_CALL(check_owner, (const cdp_fs *fs, cdp_string owner, cdp_string group), owner, group)
CDPGO_FS_CALL(set_acl,
              (const cdp_fs *fs, cdp_fs_root root, cdp_string path, const cdp_string *entries,
               size_t count),
              root, path, entries, count)
CDPGO_FS_CALL(set_context,
              (const cdp_fs *fs, cdp_fs_root root, cdp_string path, const cdp_fs_context *context),
              root, path, context)
CDPGO_FS_CALL(remove_context, (const cdp_fs *fs, cdp_fs_root root, cdp_string path), root, path)
CDPGO_FS_CALL(write_file, (const cdp_fs *fs, cdp_fs_root root, cdp_string path, cdp_string content),
              root, path, content)
CDPGO_FS_CALL(append_file,
              (const cdp_fs *fs, cdp_fs_root root, cdp_string path, cdp_string content), root, path,
              content)
CDPGO_FS_CALL(sync_file, (const cdp_fs *fs, cdp_fs_root root, cdp_string path), root, path)
CDPGO_FS_CALL(sync_directory, (const cdp_fs *fs, cdp_fs_root root, cdp_string path), root, path)
CDPGO_FS_CALL(sync_all, (const cdp_fs *fs, cdp_fs_root root), root)
CDPGO_FS_CALL(describe_error, (const cdp_fs *fs, cdp_status error, cdp_text *message), error,
              message)

/* callbacks.c: the callbacks, which pass on to Go. */
void cdpgo_bundle(cdp_appspec_bundle *bundle, uintptr_t handle);
void cdpgo_fs(cdp_fs *fs, uintptr_t handle);
void cdpgo_install_progress(cdp_install_apply_options *options, uintptr_t handle);
void cdpgo_fs_progress(cdp_fs_progress *progress, uintptr_t handle);

#endif
