/** For `useSyncExternalStore`: whether somebody may be looking at the page. */
export const onVisibility = (onChange: () => void): (() => void) => {
  document.addEventListener('visibilitychange', onChange);
  return () => document.removeEventListener('visibilitychange', onChange);
};

export const isVisible = (): boolean => document.visibilityState === 'visible';
