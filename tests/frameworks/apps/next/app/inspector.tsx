'use client';

import { DefectInspector } from 'defect-inspector/react';
import { useState } from 'react';

export function Inspector() {
  const [found, setFound] = useState<number>();
  return (
    <>
      <DefectInspector
        assets="/defect-inspector/"
        style={{ display: 'block', height: '80vh' }}
        onDefectResult={({ detail }) => setFound(detail.detections.length)}
      />
      <output>{found}</output>
    </>
  );
}
