'use client';

import { useRecordingTrouble } from './_trpc/use-recording-trouble.ts';
import { RecordingBanner } from './_ui/recording-banner.tsx';

/** Says on every page that nothing can be recorded, while that is so. */
export const RecordingNotice = () => {
  const trouble = useRecordingTrouble();
  return trouble && <RecordingBanner trouble={trouble} />;
};
