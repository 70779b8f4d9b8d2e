/* SPDX-License-Identifier: MIT */
#ifndef HOST_H
#define HOST_H

/*
 * Commands that need the ready host are a program of their own, codedeploy-host: libraries for
 * archives and access lists take longer to load than an AppSpec takes to check.
 */

/* Turns this process into codedeploy-host, with the same arguments. Returns CLI_IO, with words, when
 * that cannot be. */
int host_become(char **argv);

#endif
