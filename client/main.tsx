import { createRoot } from 'react-dom/client';
import { createSession } from './app/session.ts';
import { Shell } from './app/shell.tsx';
import './ui/tokens.css';
import './ui/ui.css';

const host = document.getElementById('root');
if (!host) throw new Error('index.html has no #root');

const session = createSession();
createRoot(host).render(<Shell session={session} />);
