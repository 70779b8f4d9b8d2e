/* SPDX-License-Identifier: MIT */
#ifndef CODEDEPLOY_POSIX_AGENT_CONFIG_H
#define CODEDEPLOY_POSIX_AGENT_CONFIG_H

/**
 * @file
 * The official agent's configuration file, `codedeployagent.yml`, as far as it concerns
 * deployments on this machine.
 *
 * Keys are written `:key:` (agent 1.x) or `key:` (2.x takes both), one a line, values plain or in
 * quotes; what else the agent knows is passed over. (Agent 1.x: config.rb; user guide:
 * reference-agent-configuration.)
 */

#include <codedeploy/base.h>
#include <codedeploy/diagnostics.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cdp_posix_agent_config cdp_posix_agent_config;

/**
 * Reads a configuration file.
 * @param diagnostics  gets what is wrong with it; may be NULL.
 * @return #CDP_OK; #CDP_ERR_INVALID for a `max_revisions` that is no positive number; #CDP_ERR_IO;
 *         #CDP_ERR_ARGUMENT; #CDP_ERR_NOMEM.
 */
CDP_API cdp_status cdp_posix_agent_config_read(cdp_string path, cdp_diagnostics *diagnostics,
                                               cdp_posix_agent_config **config);
CDP_API void cdp_posix_agent_config_free(cdp_posix_agent_config *config);

/** `root_dir`; absent when the file does not say. */
CDP_API cdp_string cdp_posix_agent_config_root_directory(const cdp_posix_agent_config *config);
/** `max_revisions`; 5 when the file does not say. */
CDP_API uint32_t cdp_posix_agent_config_max_revisions(const cdp_posix_agent_config *config);

#ifdef __cplusplus
}
#endif

#endif
