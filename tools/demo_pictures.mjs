// Draws the pictures of data/demo/media: paper-cut scenes, as SVG, made JPEG by rsvg-convert and ImageMagick.
//   node tools/demo_pictures.mjs [NAME…]        (Debian: librsvg2-bin imagemagick nodejs)
// Nothing here runs when the program does; the JPEGs are committed.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WIDTH = 1600, HEIGHT = 1000;
const out = join(dirname(fileURLToPath(import.meta.url)), '..', 'data', 'demo', 'media');

// The same numbers every time, so that a picture redrawn is the same picture.
let seed = 7;
const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
const between = (a, b) => a + random() * (b - a);
const f = (n) => n.toFixed(1);

// --- pieces of paper ---------------------------------------------------------------------------------------------

const paper = (d, fill, depth = 1) => `<path d="${d}" fill="${fill}" filter="url(#cut${depth})"/>`;
const box = (x, y, w, h, fill, r = 4, depth = 1) =>
  `<rect x="${f(x)}" y="${f(y)}" width="${f(w)}" height="${f(h)}" rx="${r}" fill="${fill}" filter="url(#cut${depth})"/>`;
const disc = (x, y, r, fill, depth = 1) => `<circle cx="${f(x)}" cy="${f(y)}" r="${f(r)}" fill="${fill}" filter="url(#cut${depth})"/>`;
const flat = (d, fill, more = '') => `<path d="${d}" fill="${fill}" ${more}/>`;
const line = (d, stroke, w = 6) => `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${w}" stroke-linecap="round" stroke-linejoin="round"/>`;

// A soft ridge from edge to edge: the points are where it passes.
function ridge(points, fill, depth = 1) {
  let d = `M -20 ${HEIGHT + 20} L -20 ${points[0][1]}`;
  let [px, py] = [-20, points[0][1]];
  for (const [x, y] of [...points, [WIDTH + 20, points.at(-1)[1]]]) {
    const middle = (px + x) / 2;
    d += ` C ${f(middle)} ${f(py)} ${f(middle)} ${f(y)} ${f(x)} ${f(y)}`;
    [px, py] = [x, y];
  }
  return paper(`${d} L ${WIDTH + 20} ${HEIGHT + 20} Z`, fill, depth);
}

const sky = (top, bottom) =>
  `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${top}"/>` +
  `<stop offset="1" stop-color="${bottom}"/></linearGradient></defs><rect width="${WIDTH}" height="${HEIGHT}" fill="url(#sky)"/>`;

const cloud = (x, y, s, fill = '#fffdf6') =>
  paper(`M ${x} ${y} c ${-30 * s} 0 ${-40 * s} ${-40 * s} ${-4 * s} ${-46 * s} c ${6 * s} ${-44 * s} ${72 * s} ${-48 * s} ${86 * s} ${-10 * s}` +
    ` c ${36 * s} ${-16 * s} ${62 * s} ${14 * s} ${46 * s} ${36 * s} c ${20 * s} ${6 * s} ${10 * s} ${20 * s} ${-8 * s} ${20 * s} Z`, fill);

const tree = (x, y, h, leaf = '#3f7d5a') =>
  line(`M ${x} ${y} L ${x} ${y - h * 0.5}`, '#7a5638', h * 0.06) +
  paper(`M ${x} ${f(y - h)} c ${f(h * 0.34)} 0 ${f(h * 0.4)} ${f(h * 0.62)} 0 ${f(h * 0.66)} c ${f(-h * 0.4)} ${f(-h * 0.04)} ${f(-h * 0.34)} ${f(-h * 0.66)} 0 ${f(-h * 0.66)} Z`, leaf);

// An areca palm.
function palm(x, y, h, leaf = '#2f6f57') {
  let s = line(`M ${x} ${y} C ${x + 6} ${y - h * 0.4} ${x - 6} ${y - h * 0.7} ${x + 2} ${y - h}`, '#8a6a4a', h * 0.035);
  for (const [a, b] of [[-1, -0.32], [-0.85, 0.06], [-0.45, -0.52], [0.45, -0.52], [0.85, 0.06], [1, -0.32]]) {
    const w = h * 0.3 * a, t = h * 0.3 * b;
    s += paper(`M ${x} ${f(y - h)} q ${f(w * 0.5)} ${f(t - h * 0.1)} ${f(w)} ${f(t + h * 0.08)} q ${f(-w * 0.5)} ${f(-h * 0.02)} ${f(-w)} ${f(-t - h * 0.08)} Z`, leaf);
  }
  return s;
}

const bamboo = (x, y, h) => {
  let s = '';
  for (let i = 0; i < 5; i++) {
    const lean = (i - 2) * h * 0.12;
    s += line(`M ${x + i * 8} ${y} Q ${x + i * 8} ${y - h * 0.6} ${x + i * 8 + lean} ${y - h + Math.abs(i - 2) * h * 0.08}`, '#6f9a4a', 7);
    for (let k = 0; k < 6; k++) {
      const t = 0.5 + k * 0.09, px = x + i * 8 + lean * t * t, py = y - h * t;
      s += flat(`M ${f(px)} ${f(py)} q ${f(k % 2 ? 26 : -26)} -8 ${f(k % 2 ? 44 : -44)} 14 q ${f(k % 2 ? -26 : 26)} 2 ${f(k % 2 ? -44 : 44)} -14 Z`, '#4f8a4e');
    }
  }
  return s;
};

// A person as cut from paper: seen from the front, or sitting (no legs).
function person(x, y, s, coat, { hat = false, hair = '#2d2a32', legs = true, arm = 0 } = {}) {
  const body = `M ${f(x - 30 * s)} ${f(y)} C ${f(x - 34 * s)} ${f(y - 70 * s)} ${f(x - 26 * s)} ${f(y - 96 * s)} ${f(x)} ${f(y - 98 * s)}` +
    ` C ${f(x + 26 * s)} ${f(y - 96 * s)} ${f(x + 34 * s)} ${f(y - 70 * s)} ${f(x + 30 * s)} ${f(y)} Z`;
  let p = '';
  if (legs)
    p += box(x - 20 * s, y - 4 * s, 16 * s, 60 * s, '#3b4657', 6) + box(x + 4 * s, y - 4 * s, 16 * s, 60 * s, '#3b4657', 6);
  p += paper(body, coat) + disc(x, y - 120 * s, 24 * s, '#e9bf98');
  p += flat(`M ${f(x - 25 * s)} ${f(y - 120 * s)} a ${f(25 * s)} ${f(25 * s)} 0 0 1 ${f(50 * s)} 0 q ${f(-25 * s)} ${f(-14 * s)} ${f(-50 * s)} 0 Z`, hair);
  if (arm)
    p += line(`M ${f(x + 22 * s * arm)} ${f(y - 76 * s)} Q ${f(x + 60 * s * arm)} ${f(y - 60 * s)} ${f(x + 64 * s * arm)} ${f(y - 104 * s)}`, coat, 15 * s) +
      disc(x + 64 * s * arm, y - 110 * s, 9 * s, '#e9bf98');
  if (hat)
    p += paper(`M ${f(x - 54 * s)} ${f(y - 126 * s)} L ${f(x)} ${f(y - 168 * s)} L ${f(x + 54 * s)} ${f(y - 126 * s)} Q ${f(x)} ${f(y - 112 * s)} ${f(x - 54 * s)} ${f(y - 126 * s)} Z`, '#f0dba8');
  return p;
}

// --- the scenes --------------------------------------------------------------------------------------------------

function terraces() {
  let s = sky('#bfe0e2', '#fdf1d3') + disc(1240, 210, 92, '#f6c65b') + cloud(260, 230, 1.5) + cloud(860, 170, 1.1);
  s += ridge([[0, 420], [300, 300], [620, 430], [980, 280], [1320, 420], [1600, 330]], '#8db8b4');
  s += ridge([[0, 520], [360, 400], [760, 520], [1180, 390], [1600, 500]], '#6aa394');
  const greens = ['#d9d36b', '#c3c957', '#a9bd53', '#8bae52', '#6f9f54', '#579052', '#43804f', '#34704b'];
  greens.forEach((green, i) => {
    const y = 520 + i * 62, k = i % 2 ? 1 : -1;
    s += ridge([[0, y + 40 * k], [280, y - 36 * k], [640, y + 30 * k], [960, y - 30 * k], [1300, y + 44 * k], [1600, y - 10 * k]], green, 2);
    s += line(`M -20 ${y + 40 * k + 16} C 130 ${y + 40 * k + 16} 140 ${y - 36 * k + 16} 280 ${y - 36 * k + 16} S 460 ${y + 30 * k + 16} 640 ${y + 30 * k + 16} S 800 ${y - 30 * k + 16} 960 ${y - 30 * k + 16} S 1130 ${y + 44 * k + 16} 1300 ${y + 44 * k + 16} S 1450 ${y - 10 * k + 16} 1620 ${y - 10 * k + 16}`, '#ffffff55', 4);
  });
  s += stilt(1150, 560, 0.42) + stilt(330, 640, 0.36) + bamboo(90, 800, 300) + tree(1450, 640, 130) + tree(1510, 660, 100, '#4f8f5f');
  return s + person(720, 850, 0.62, '#b5483f', { hat: true }) + person(800, 870, 0.55, '#2f5b86', { hat: true });
}

function stilt(x, y, s) {
  const p = (a, b) => `${f(x + a * s)} ${f(y + b * s)}`;
  let r = '';
  for (const a of [-250, -130, 0, 130, 250])
    r += box(x + a * s - 9 * s, y - 20 * s, 18 * s, 170 * s, '#6b452c', 2);
  r += box(x - 300 * s, y - 40 * s, 600 * s, 28 * s, '#7d5233', 3) + box(x - 270 * s, y - 190 * s, 540 * s, 150 * s, '#b98350', 3);
  for (const a of [-200, -70, 70, 200])
    r += box(x + (a - 36) * s, y - 160 * s, 72 * s, 84 * s, '#ffe3a3', 2);
  r += flat(`M ${p(-300, -66)} L ${p(300, -66)} L ${p(300, -40)} L ${p(-300, -40)} Z`, '#8d5f3c');
  r += paper(`M ${p(-380, -170)} C ${p(-300, -230)} ${p(-240, -330)} ${p(-210, -400)} L ${p(210, -400)} C ${p(240, -330)} ${p(300, -230)} ${p(380, -170)} Z`, '#5d4a3a', 2);
  for (let i = 1; i < 4; i++)
    r += line(`M ${p(-210 - i * 34, -400 + i * 56)} L ${p(210 + i * 34, -400 + i * 56)}`, '#00000022', 5 * s);
  for (let i = 0; i < 7; i++)
    r += box(x + (300 + i * 16) * s, y + (-30 + i * 26) * s, 70 * s, 10 * s, '#8d5f3c', 2);
  return r;
}

function stiltHouse() {
  let s = sky('#f7c98b', '#fdeccb') + disc(420, 300, 120, '#f08a4b') + cloud(1120, 200, 1.4, '#fff3df') + cloud(700, 130, 0.9, '#fff3df');
  s += ridge([[0, 470], [240, 330], [560, 470], [900, 300], [1250, 440], [1600, 320]], '#c58a6b');
  s += ridge([[0, 590], [420, 470], [820, 590], [1240, 470], [1600, 570]], '#9a7a5d');
  s += ridge([[0, 700], [500, 650], [1100, 700], [1600, 640]], '#7f9a5a');
  s += palm(210, 800, 520) + palm(320, 820, 430) + palm(1420, 790, 480) + bamboo(1500, 830, 330);
  s += stilt(810, 700, 1.05);
  s += ridge([[0, 850], [400, 825], [900, 850], [1600, 815]], '#5f8a4d', 2) + ridge([[0, 930], [600, 900], [1200, 930], [1600, 900]], '#46753f', 2);
  return s + person(420, 880, 0.8, '#2f5b86', { arm: 1 }) + person(520, 900, 0.6, '#c7503f') + person(1240, 900, 0.75, '#7b4b8a', { hat: true });
}

function bridge() {
  let s = sky('#a9d6e5', '#eaf6ef') + disc(300, 190, 80, '#f7d36b') + cloud(1180, 190, 1.5) + cloud(620, 150, 1);
  s += ridge([[0, 400], [320, 260], [700, 400], [1060, 250], [1600, 380]], '#86b6a4') + ridge([[0, 500], [500, 400], [1000, 500], [1600, 410]], '#6aa384');
  s += paper('M -20 620 C 300 560 520 640 800 600 S 1300 560 1620 620 L 1620 1020 L -20 1020 Z', '#4c9ab3', 2);
  for (let i = 0; i < 7; i++)
    s += line(`M ${200 + i * 190} ${720 + (i % 3) * 70} q 50 -16 100 0 t 100 0`, '#ffffff77', 6);
  s += paper('M -20 560 C 120 540 260 600 330 700 C 380 800 300 900 260 1020 L -20 1020 Z', '#5f9a5a', 2);
  s += paper('M 1620 540 C 1480 540 1350 600 1290 690 C 1230 790 1330 900 1380 1020 L 1620 1020 Z', '#5f9a5a', 2);
  s += paper('M 200 640 C 520 520 1080 520 1400 640 L 1400 690 C 1080 580 520 580 200 690 Z', '#d8c6a4', 2);
  for (let i = 0; i <= 12; i++) {
    const x = 230 + i * 95, t = (x - 800) / 600, y = 552 + 82 * t * t;
    s += box(x - 5, y - 74, 10, 84, '#a44a3f', 2);
  }
  s += line('M 215 565 C 520 445 1080 445 1385 565', '#a44a3f', 11);
  s += box(470, 590, 40, 260, '#b8a383', 4) + box(1090, 590, 40, 260, '#b8a383', 4);
  s += person(640, 500, 0.55, '#2f5b86', { legs: false }) + person(900, 498, 0.55, '#d0803a', { hat: true, legs: false }) + person(980, 506, 0.42, '#b5483f', { legs: false });
  return s + stilt(150, 500, 0.3) + tree(90, 760, 190) + tree(1500, 740, 210, '#3d7a54') + bamboo(1400, 900, 260) + palm(240, 780, 260);
}

function market() {
  let s = sky('#fbe3b5', '#fff6e3') + ridge([[0, 420], [500, 330], [1000, 420], [1600, 320]], '#b9cfa8') + ridge([[0, 560], [700, 520], [1600, 560]], '#d9b98a');
  const roofs = ['#c9553f', '#2f7f8c', '#e0a13a', '#5b8c4f'];
  roofs.forEach((color, i) => {
    const x = 90 + i * 370;
    s += box(x + 20, 440, 14, 330, '#7d5233', 2) + box(x + 296, 440, 14, 330, '#7d5233', 2);
    s += paper(`M ${x - 30} 470 L ${x + 40} 350 L ${x + 290} 350 L ${x + 360} 470 Z`, color, 2);
    for (let k = 0; k < 6; k++)
      s += paper(`M ${x - 30 + k * 65} 468 h 65 q 0 40 -32 40 t -33 -40 Z`, k % 2 ? '#fff6e3' : color);
    s += person(x + 165, 700, 0.95, ['#6d4b8a', '#b5483f', '#2f5b86', '#d0803a'][i], { legs: false, hat: i % 2 === 0 });
    s += paper(`M ${x - 4} 690 h 340 l -20 120 h -300 Z`, '#a9713f', 2);
    for (let k = 0; k < 6; k++) {
      const fruit = ['#d6453a', '#6fa045', '#f0b23c', '#8a4f9a', '#e77e35', '#4f8a4e'][(k + i) % 6];
      s += disc(x + 36 + k * 54, 686, 26, fruit) + disc(x + 62 + k * 54, 668, 20, fruit);
    }
  });
  s += ridge([[0, 850], [800, 835], [1600, 850]], '#c69a66', 2);
  s += person(330, 890, 1.05, '#3d7a54', { hat: true, arm: -1 }) + person(820, 900, 1.1, '#b5483f', { hair: '#4a3b35' }) + person(1240, 895, 1.05, '#2f5b86', { hat: true });
  s += paper('M 890 830 h 96 l -14 84 h -68 Z', '#2f9a78') + line('M 902 832 Q 938 770 974 832', '#2f9a78', 8);
  return s;
}

function meeting() {
  let s = sky('#f3e6cf', '#f8efdd') + box(0, 0, WIDTH, 640, '#efe0c3', 0) + box(0, 640, WIDTH, 360, '#c99e6b', 0);
  s += box(180, 110, 420, 340, '#7fb6c4', 10, 2) + box(384, 110, 12, 340, '#fff6e3', 0) + box(180, 270, 420, 12, '#fff6e3', 0);
  s += paper('M 190 440 C 260 350 330 380 380 330 C 450 400 520 350 590 440 Z', '#6aa384');
  s += box(980, 120, 440, 290, '#fffdf6', 8, 2);
  for (let i = 0; i < 4; i++)
    s += box(1030, 170 + i * 55, 30, 30, ['#c9553f', '#e0a13a', '#2f7f8c', '#5b8c4f'][i], 4) + box(1085, 178 + i * 55, [260, 190, 230, 150][i], 14, '#c9bfae', 7);
  s += palm(720, 620, 300) + paper('M 660 610 h 120 l -16 90 h -88 Z', '#b5653f');
  const coats = ['#2f5b86', '#b5483f', '#3d7a54', '#d0803a', '#6d4b8a', '#2f7f8c'];
  coats.forEach((coat, i) => { s += person(290 + i * 205, 650, 1.35, coat, { legs: false, hair: i % 3 === 2 ? '#b9b4ad' : '#2d2a32', arm: i === 3 ? 1 : 0 }); });
  s += paper('M 130 640 h 1340 l 80 110 h -1500 Z', '#8d5f3c', 2) + box(60, 748, 1480, 44, '#74492c', 6, 2);
  for (let i = 0; i < 6; i++)
    s += paper(`M ${232 + i * 205} 690 l 96 -6 l 16 44 l -104 6 Z`, '#fffdf6');
  s += paper('M 770 700 q -40 -4 -34 -34 h 92 q 6 30 -34 34 Z', '#2f7f8c') + disc(782, 662, 12, '#2f7f8c') + disc(880, 712, 16, '#fffdf6') + disc(690, 714, 16, '#fffdf6');
  s += box(200, 792, 36, 200, '#74492c', 4) + box(1364, 792, 36, 200, '#74492c', 4);
  return s;
}

function classroom() {
  let s = box(0, 0, WIDTH, HEIGHT, '#5a4332', 0) + box(0, 0, WIDTH, 680, '#7b5b41', 0);
  for (let i = 0; i < 14; i++)
    s += line(`M ${i * 120 + 40} 0 L ${i * 120 + 40} 680`, '#00000018', 6);
  s += `<defs><radialGradient id="glow" cx="0.5" cy="0.78" r="0.6"><stop offset="0" stop-color="#ffca6a" stop-opacity="0.75"/><stop offset="1" stop-color="#ffca6a" stop-opacity="0"/></radialGradient></defs><rect width="1600" height="1000" fill="url(#glow)"/>`;
  s += box(160, 120, 250, 230, '#24324a', 8) + disc(330, 190, 34, '#f7e7b0');
  s += box(620, 110, 560, 330, '#2f3f38', 8, 2) + box(604, 96, 592, 18, '#a9713f', 4);
  s += `<text x="900" y="240" text-anchor="middle" font-family="Literata, serif" font-size="92" fill="#f3efe2">a ă â</text>` +
    `<text x="900" y="370" text-anchor="middle" font-family="Literata, serif" font-size="92" fill="#f3efe2">e ê o ô ơ</text>`;
  s += person(1290, 620, 1.7, '#7b4b8a', { hair: '#b9b4ad', arm: -1, legs: false });
  s += ridge([[0, 720], [800, 700], [1600, 720]], '#6b4d36', 2);
  for (const [a, c] of [['M 800 770 c -90 -60 -20 -130 0 -190 c 60 70 90 120 0 190 Z', '#f08a3c'], ['M 800 770 c -44 -40 -10 -80 4 -116 c 34 46 44 76 -4 116 Z', '#ffd76b']])
    s += paper(a, c);
  s += line('M 720 790 L 880 760 M 720 760 L 880 790', '#4a2f1f', 22);
  [['#b5483f', 300], ['#2f5b86', 470], ['#3d7a54', 640], ['#d0803a', 980], ['#2f7f8c', 1150]].forEach(([coat, x], i) => {
    s += person(x, 930, 1.35, coat, { legs: false, hair: i === 1 ? '#9b958c' : '#2d2a32' });
    s += paper(`M ${x - 66} 930 l 66 -16 l 66 16 v 34 l -66 -14 l -66 14 Z`, '#fffdf6');
  });
  return s;
}

function phone() {
  let s = sky('#d6ebe6', '#f4f3e2') + disc(1260, 240, 170, '#f2d48a') + disc(240, 800, 240, '#bcdccf') + disc(1380, 860, 190, '#a8d0c2');
  s += paper('M 250 1020 C 300 820 420 700 560 660 L 640 560 C 700 520 760 560 730 630 L 700 720 L 1010 730 C 1080 800 1060 940 1000 1020 Z', '#e0a97c', 2);
  s += box(600, 110, 420, 760, '#28333f', 54, 2) + box(624, 170, 372, 620, '#fdfaf0', 16) + box(750, 134, 120, 14, '#4b5864', 7);
  s += box(660, 210, 300, 120, '#2f7f8c', 18) + paper('M 690 240 h 96 v 60 h -96 Z', '#fffdf6') + line('M 690 242 L 738 278 L 786 242', '#2f7f8c', 7) + box(806, 246, 130, 14, '#ffffff', 7) + box(806, 278, 90, 14, '#ffffffaa', 7);
  for (let i = 0; i < 3; i++)
    s += disc(700, 400 + i * 84, 28, ['#c9553f', '#e0a13a', '#5b8c4f'][i]) + box(750, 386 + i * 84, [190, 150, 170][i], 16, '#d6cdbb', 8) + box(750, 412 + i * 84, [120, 170, 100][i], 12, '#e6dfd0', 6);
  s += disc(810, 700, 62, '#4f9a6a') + line('M 780 702 L 804 726 L 846 678', '#fffdf6', 16);
  for (const [x, y, w] of [[560, 470, 90], [552, 560, 96], [560, 650, 90]])
    s += box(x, y, w, 62, '#e9b98d', 31);
  s += paper('M 1010 820 C 1080 700 1070 560 1010 520 C 980 510 960 540 974 580 L 984 690 Z', '#e9b98d', 2);
  return s + cloud(1160, 480, 1.4) + cloud(190, 330, 1.2);
}

function communalHouse() {
  let s = sky('#cfe3ee', '#fdf0d6') + disc(1280, 200, 84, '#f6c65b') + cloud(360, 180, 1.4) + cloud(900, 130, 1);
  s += ridge([[0, 480], [420, 380], [900, 480], [1600, 370]], '#9cc0b0') + ridge([[0, 600], [800, 560], [1600, 590]], '#7fae7f');
  s += tree(180, 720, 420, '#3d7a54') + tree(330, 720, 300, '#4f8f5f') + tree(1450, 720, 440, '#356f52') + palm(1290, 720, 360);
  s += box(330, 690, 940, 40, '#b9a88c', 4, 2) + box(300, 726, 1000, 40, '#a3927a', 4, 2);
  s += box(420, 470, 760, 222, '#a8563a', 2);
  for (let i = 0; i < 7; i++) s += box(430 + i * 120, 460, 26, 232, '#74392a', 3);
  for (let i = 0; i < 6; i++) s += box(470 + i * 120, 510, 72, 180, i === 2 || i === 3 ? '#3b2a22' : '#c98a4f', 3);
  s += paper('M 260 480 C 330 470 380 420 430 330 L 1170 330 C 1220 420 1270 470 1340 480 C 1360 450 1370 430 1366 410 C 1400 440 1390 500 1350 520 L 250 520 C 210 500 200 440 234 410 C 230 430 240 450 260 480 Z', '#7d4a36', 2);
  s += paper('M 420 336 C 470 322 500 300 506 270 C 540 300 540 312 560 316 L 1040 316 C 1060 312 1060 300 1094 270 C 1100 300 1130 322 1180 336 Z', '#5f3528', 2);
  for (let i = 0; i < 4; i++) s += line(`M ${410 - i * 34} ${370 + i * 34} L ${1190 + i * 34} ${370 + i * 34}`, '#00000022', 6);
  s += ridge([[0, 800], [800, 770], [1600, 800]], '#8fae62', 2);
  s += paper('M 120 900 C 400 830 1200 830 1480 900 C 1300 980 300 980 120 900 Z', '#5fa6b8', 2);
  for (const [x, y] of [[420, 900], [600, 930], [980, 910], [1180, 890]])
    s += paper(`M ${x - 44} ${y} a 44 18 0 1 0 88 0 a 44 18 0 1 0 -88 0 Z`, '#4f8a4e') + disc(x + 14, y - 12, 14, '#e78fa6');
  return s + person(640, 770, 0.75, '#2f5b86') + person(720, 775, 0.7, '#b5483f', { hat: true }) + person(980, 775, 0.72, '#3d7a54') + person(1050, 780, 0.5, '#d0803a');
}

function fields() {
  let s = sky('#bfe3ea', '#fbf4dc') + disc(260, 200, 84, '#f7d36b') + cloud(760, 180, 1.3) + cloud(1260, 150, 1.1);
  s += ridge([[0, 420], [500, 350], [1100, 420], [1600, 360]], '#8fbfae');
  s += paper('M -20 460 L 1620 450 L 1620 1020 L -20 1020 Z', '#c3cf5f', 2);
  for (let i = 0; i < 9; i++) {
    const x = 800 + (i - 4) * 90, bottom = 800 + (i - 4) * 420;
    s += line(`M ${x} 462 L ${bottom} 1020`, '#8fae4a', 10 + Math.abs(i - 4));
  }
  s += paper('M 700 456 L 760 455 L 620 1020 L 330 1020 Z', '#e0c48f', 2) + stilt(1330, 520, 0.4) + tree(1130, 520, 150) + tree(1500, 530, 170, '#3d7a54') + tree(210, 520, 170);
  for (const [x, y, k] of [[1000, 700, 0.8], [1180, 800, 1], [260, 780, 0.9]]) s += person(x, y, k, ['#2f5b86', '#b5483f', '#7b4b8a'][Math.round(k * 10) % 3], { hat: true, arm: k === 1 ? 1 : 0 });
  for (const [x, y, k] of [[880, 830, 1], [1380, 880, 1.1], [1060, 930, 1.2], [140, 930, 1.2]])
    s += paper(`M ${x - 60 * k} ${y} q 0 ${-110 * k} ${60 * k} ${-120 * k} q ${60 * k} ${10 * k} ${60 * k} ${120 * k} Z`, '#e3b34c', 2) + line(`M ${x - 50 * k} ${y - 50 * k} h ${100 * k}`, '#b5863a', 8);
  return s;
}

function ferry() {
  let s = sky('#f9d3a5', '#fdeed2') + disc(1150, 330, 110, '#f2994f') + cloud(420, 190, 1.4, '#fff5e4');
  s += ridge([[0, 430], [380, 330], [800, 440], [1200, 340], [1600, 430]], '#b48a78') + ridge([[0, 520], [600, 470], [1600, 520]], '#8c7f68');
  s += paper('M -20 560 L 1620 550 L 1620 1020 L -20 1020 Z', '#5f9fae', 2);
  for (let i = 0; i < 12; i++) s += line(`M ${(i * 277) % 1500} ${620 + i * 30} q 60 -16 120 0 t 120 0`, '#ffffff66', 6);
  s += line('M 1110 600 L 1190 600 M 1090 640 L 1210 640 M 1120 680 L 1180 680', '#f7c98b', 12);
  s += person(620, 740, 0.95, '#2f5b86', { legs: false, hat: true }) + person(740, 745, 0.85, '#b5483f', { legs: false }) + person(850, 748, 0.65, '#d0803a', { legs: false }) + person(980, 740, 1.05, '#3d7a54', { legs: false, hair: '#b9b4ad', arm: 1 });
  s += line('M 1050 620 L 1120 860', '#6b452c', 12);
  s += paper('M 420 720 C 560 760 1000 760 1180 700 C 1140 820 1040 850 800 850 C 600 850 480 820 420 720 Z', '#7d5233', 2) + line('M 440 742 C 600 780 1000 780 1160 728', '#a9713f', 10);
  return s + paper('M -20 700 C 120 690 240 760 260 860 C 270 930 220 1000 200 1020 L -20 1020 Z', '#6d8f4f', 2) + palm(90, 800, 460) + bamboo(1490, 640, 260);
}

// A chart without words: the caption and the table beside it say what it shows.
function chart() {
  let s = box(0, 0, WIDTH, HEIGHT, '#f6efdd', 0);
  for (let i = 0; i < 5; i++) s += line(`M 160 ${820 - i * 150} H 1460`, '#d8cdb2', 4);
  const values = [[52, '#9cc3c9'], [58, '#86b5bd'], [64, '#6aa5b0'], [73, '#4d93a1'], [81, '#347f8e'], [88, '#1f6a7a']];
  values.forEach(([v, fill], i) => {
    const x = 220 + i * 208, h = v * 7;
    s += box(x, 820 - h, 132, h, fill, 10, 2);
    s += paper(`M ${x + 66} ${820 - h - 96} c 34 44 44 60 44 80 a 44 40 0 0 1 -88 0 c 0 -20 10 -36 44 -80 Z`, fill);
  });
  return s + line('M 160 822 H 1460', '#7a6a4a', 8) + ridge([[0, 930], [500, 905], [1000, 930], [1600, 905]], '#c9d3a3');
}

const scenes = {
  'ruong-bac-thang': terraces, 'nha-san': stiltHouse, 'cau-qua-suoi': bridge, 'cho-que': market, 'ban-hop': meeting,
  'lop-hoc': classroom, 'dien-thoai': phone, 'dinh-lang': communalHouse, 'dong-lua': fields, 'con-do': ferry, 'bieu-do-nuoc': chart,
};

const shadow = (n, dy, blur, opacity) =>
  `<filter id="cut${n}" x="-10%" y="-10%" width="120%" height="125%"><feGaussianBlur in="SourceAlpha" stdDeviation="${blur}"/><feOffset dy="${dy}"/>` +
  `<feComponentTransfer><feFuncA type="linear" slope="${opacity}"/></feComponentTransfer><feMerge><feMergeNode/><feMergeNode in="SourceGraphic"/></feMerge></filter>`;

function draw(name) {
  seed = 7;
  const folder = mkdtempSync(join(tmpdir(), 'demo-'));
  const svg = join(folder, 'a.svg'), png = join(folder, 'a.png'), jpeg = join(out, `${name}.jpeg`);
  writeFileSync(svg, `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}"><defs>${shadow(1, 3, 3, 0.22)}${shadow(2, 7, 8, 0.28)}</defs>${scenes[name]()}</svg>`);
  execFileSync('rsvg-convert', ['-o', png, svg]);
  for (const quality of [82, 76, 70, 64, 58]) {
    execFileSync('convert', [png, '-strip', '-sampling-factor', '4:2:0', '-interlace', 'JPEG', '-quality', String(quality), jpeg]);
    if (statSync(jpeg).size <= 60 * 1024) break;
  }
  rmSync(folder, { recursive: true });
  console.log(name, statSync(jpeg).size);
}

mkdirSync(out, { recursive: true });
for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(scenes)) draw(name);
