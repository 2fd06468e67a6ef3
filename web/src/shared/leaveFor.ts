/** Leaves the app for another site. A module of its own, so that tests can see where to. */
export const leaveFor = (url: string) => window.location.assign(url);
