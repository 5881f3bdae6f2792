import { Inspector } from './inspector';

export default function Page() {
  return (
    <main>
      <h1>Parts</h1>
      <Inspector />
    </main>
  );
}
