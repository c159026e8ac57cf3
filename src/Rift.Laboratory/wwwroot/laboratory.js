// What only a browser can do: its theme, its address, its pointer, its files.
"use strict";
globalThis.laboratory = (() => {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    let page = null, theme = "auto", written = null;

    try { theme = localStorage.getItem("rift-theme") ?? "auto"; } catch { /* A page without storage forgets the theme. */ }

    function applied() {
        const isDark = theme === "dark" || (theme === "auto" && dark.matches);
        document.documentElement.dataset.theme = isDark ? "dark" : "light";
        return `${theme} ${isDark ? "dark" : "light"}`;
    }

    applied();

    function placeUnder(event) {
        // Arrows and numbers lie on the mark that carries the place.
        const mark = document.elementsFromPoint(event.clientX, event.clientY).find(element => element.matches("#board [data-cell]"));
        return mark ? Number(mark.dataset.cell) : null;
    }

    function listenToPointer() {
        let last = null;
        const point = event => {
            const place = placeUnder(event);
            if (place === null || place === last) return;
            last = place;
            page.invokeMethodAsync("Point", place);
        };
        document.addEventListener("pointerdown", event => { last = null; if (event.button === 0) point(event); });
        document.addEventListener("pointermove", event => { if (event.buttons === 1 && last !== null && event.pointerType !== "touch") point(event); });
        document.addEventListener("keydown", event => {
            if (event.target.id === "board" && [" ", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"].includes(event.key)) event.preventDefault();
        });
    }

    function listenToFiles() {
        document.addEventListener("change", async event => {
            const file = event.target.id === "open" ? event.target.files[0] : null;
            if (!file) return;
            const bytes = file.size <= 2_000_000 ? new Uint8Array(await file.arrayBuffer()) : null;
            event.target.value = "";
            page.invokeMethodAsync("Open", file.name, bytes);
        });
    }

    function download(name, blob) {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(blob);
        link.download = name;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    }

    return {
        start(reference) {
            page = reference;
            dark.addEventListener("change", () => page.invokeMethodAsync("Themed", applied()));
            addEventListener("hashchange", () => { if (location.hash !== written) page.invokeMethodAsync("Follow", location.hash); });
            listenToPointer();
            listenToFiles();
            return applied();
        },
        fragment: () => location.hash,
        setFragment(text) {
            const address = text ? `#${text}` : location.pathname + location.search;
            if (location.hash !== (text ? `#${text}` : "")) history.replaceState(null, "", address);
            written = location.hash;
        },
        toggleTheme() {
            theme = { auto: "light", light: "dark", dark: "auto" }[theme] ?? "auto";
            try { localStorage.setItem("rift-theme", theme); } catch { /* See above. */ }
            return applied();
        },
        async copyLink() {
            try { await navigator.clipboard.writeText(location.href); return true; } catch { return false; }
        },
        async fetchFile(name, limit) {
            if (!/^[\w.-]{1,100}\.json$/.test(name)) return null;
            const response = await fetch(name);
            if (!response.ok) return null;
            const bytes = new Uint8Array(await response.arrayBuffer());
            return bytes.length <= limit ? bytes : null;
        },
        saveText: (name, type, text) => download(name, new Blob([text], { type })),
        async savePng(name, svg) {
            const box = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg), longest = Math.max(box[1], box[2]), scale = 2000 / longest;
            const image = new Image(), canvas = document.createElement("canvas");
            [canvas.width, canvas.height] = [Math.round(box[1] * scale), Math.round(box[2] * scale)];
            const sized = svg.replace("<svg ", `<svg width="${canvas.width}" height="${canvas.height}" `);
            image.src = URL.createObjectURL(new Blob([sized], { type: "image/svg+xml" }));
            await image.decode();
            canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
            URL.revokeObjectURL(image.src);
            download(name, await new Promise(done => canvas.toBlob(done, "image/png")));
        },
    };
})();
