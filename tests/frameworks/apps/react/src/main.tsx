import type { DefectInspectorElement } from 'defect-inspector';
import { DefectInspector } from 'defect-inspector/react';
import { StrictMode, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';

function App() {
  const inspector = useRef<DefectInspectorElement>(null);
  const [found, setFound] = useState<number>();
  return (
    <>
      <DefectInspector
        ref={inspector}
        threshold={0.4}
        view="overlay"
        style={{ display: 'block', height: '80vh' }}
        onDefectResult={({ detail }) => setFound(detail.detections.length)}
      />
      <output>{found}</output>
    </>
  );
}

/** The tag itself is known, too. */
export const plain = <defect-inspector model="surface-defects" drop-target="page" />;

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
