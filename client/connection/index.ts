/**
 * connection: the page's only door to the lab. It alone knows URLs and event names; every answer and every socket message is
 * parsed with the schemas of protocol/ before anyone sees it. It must not know React, stores or panels.
 *
 *     const api = createApi();
 *     const file = await api.readFile('search/validate.go');        // RequestFailed when refused
 *     const socket = createLabSocket();
 *     const off = socket.on('profile:collected', (window) => profiles.noticeWindow(window));
 */
export { type Api, createApi, type GraphQuery, queryOfGraph } from './api.ts';
export { createLabSocket, type LabSocket, type LabSocketOptions, type SocketStatus } from './lab-socket.ts';
export { createPageUpdate, type PageUpdate } from './page-update.ts';
export type { DiffQuery, ProfileQuery, Reading, SeriesQuery, Window } from './profile-query.ts';
export { RequestFailed } from './request.ts';
