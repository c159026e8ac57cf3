using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>A process as a graph: a disc for each state, a sector of it for each action where pairs are coloured, and a curve for each move that the policy makes, as wide as it is likely.</summary>
internal sealed class GraphPicture(Scene scene, Board board, Palette palette)
{
    // User units.
    private const double Radius = 34, Margin = 30, Above = 60, WidestEdge = 12;

    private const double LeastProbability = 5e-3;

    internal string Draw()
    {
        GraphLayout layout = GraphLayout.Of(scene.Mdp);
        // Few states need letters no larger than those of many.
        double unit = Math.Max(0.8, Math.Max(layout.Width, layout.Height) / 900);
        double top = Math.Max(Margin, scene.IsSmall ? 0 : Above * unit), barTop = top, height = Math.Max(layout.Height, scene.IsSmall ? 0 : 260 * unit);
        double right = layout.Width + (2 * Margin), shift = (height - layout.Height) / 2;
        SvgText svg = new(scene.IsSmall ? right : right + (ScaleBar.Room * unit), top + height + Margin, palette.Paper, scene.Title);
        (double X, double Y)[] places = [.. layout.Places.Select(place => (place.X + Margin, place.Y + top + shift))];

        for (int s = 0; s < places.Length; s++) DrawMoves(svg, s, places);
        for (int s = 0; s < places.Length; s++) DrawState(svg, s, places[s].X, places[s].Y);
        if (!scene.IsSmall) ScaleBar.Draw(svg, scene, palette, right + (6 * unit), barTop, top + height, unit);
        return svg.ToString();
    }

    private void DrawMoves(SvgText svg, int state, (double X, double Y)[] places)
    {
        Dictionary<int, double> likely = [];
        for (int a = 0; a < scene.Mdp.Actions; a++)
        {
            double p = scene.Policy.Probability(state, a);
            if (p == 0) continue;
            foreach (Successor next in scene.Mdp.Kernel.Successors(state, a)) likely[next.State] = likely.GetValueOrDefault(next.State) + (p * next.Probability);
        }

        (double x, double y) = places[state];
        foreach ((int next, double p) in likely.OrderBy(pair => pair.Key))
        {
            if (p < LeastProbability || (next == state && Ends.IsOver(scene.Mdp, state))) continue;
            double width = Math.Max(1.5, WidestEdge * p);
            if (next == state)
            {
                // A loop above the state.
                svg.Disc(x, y - 46, 19, "none", 0.75, palette.Muted, width);
                DrawHead(svg, x + 14, y - 32, -1, 1.2, width);
                continue;
            }

            (double toX, double toY) = places[next];
            double dx = toX - x, dy = toY - y, length = Math.Sqrt((dx * dx) + (dy * dy)), bend = Math.Min(60, 0.18 * length);
            // Bent to the left of its direction, so that there and back are two curves.
            double bendX = ((x + toX) / 2) + (dy / length * bend), bendY = ((y + toY) / 2) - (dx / length * bend);
            double inX = toX - bendX, inY = toY - bendY, inLength = Math.Sqrt((inX * inX) + (inY * inY)), head = 10 + width;
            double tipX = toX - (inX / inLength * (Radius + 2)), tipY = toY - (inY / inLength * (Radius + 2));
            svg.Curve(x, y, bendX, bendY, tipX - (inX / inLength * head * 0.8), tipY - (inY / inLength * head * 0.8), palette.Muted, width, 0.75);
            DrawHead(svg, tipX, tipY, inX, inY, width);
        }
    }

    /// <summary>The head of a curve that arrives in a direction.</summary>
    private void DrawHead(SvgText svg, double x, double y, double dx, double dy, double width)
    {
        double length = Math.Sqrt((dx * dx) + (dy * dy)), ux = dx / length, uy = dy / length, head = 10 + width, half = 4 + (0.75 * width);
        svg.Polygon([x, y, x - (head * ux) - (half * uy), y - (head * uy) + (half * ux), x - (head * ux) + (half * uy), y - (head * uy) - (half * ux)], palette.Muted);
    }

    private void DrawState(SvgText svg, int state, double x, double y)
    {
        // Whoever is stopped for ever has not come to a peaceful end.
        bool over = Ends.IsOver(scene.Mdp, state) && !(scene.Scale == ColourScale.Probability && scene.Pairs!.Row(state).ContainsAnyExcept(0.0));
        string ink = palette.Ink, edge = scene.Mdp.Initial[state] > 0 ? palette.Ink : palette.Muted;
        svg.Disc(x, y, Radius, over ? palette.Paper : palette.Ground, 1, edge, scene.Mdp.Initial[state] > 0 ? 5 : 2, state);
        if (over) svg.Disc(x, y, Radius - 7, "none", 1, palette.Muted, 2);
        if (!over && scene.States is { } states)
        {
            double at = double.IsNaN(states[state]) ? 0 : scene.Scale.Place(states[state]);
            (string colour, double opacity) = scene.Scale.Fill(at);
            svg.Disc(x, y, Radius, colour, opacity, edge, scene.Mdp.Initial[state] > 0 ? 5 : 2, state);
            if (scene.Scale.IsBright(at) is bool bright) ink = bright ? "#101418" : "#ffffff";
            if (!scene.IsSmall || board.Places <= 12) svg.Write(NumberText.Cell(states[state]), x, y + 8, 22, ink, "middle");
        }
        else if (!over)
        {
            for (int a = 0; a < scene.Mdp.Actions; a++) DrawSector(svg, scene.Pairs![state, a], a, x, y);
        }

        if (board.Places <= 60) svg.Write(Label(state), x, y + Radius + 24, 20, palette.Ink, "middle");
        if (scene.Selected == state) svg.Disc(x, y, Radius + 6, "none", 1, palette.Ink, 5);
    }

    /// <summary>The sector of an action, clockwise from the top.</summary>
    private void DrawSector(SvgText svg, double number, int action, double x, double y)
    {
        const int Corners = 12;
        (string colour, double opacity) = scene.Scale.Fill(scene.Scale.Place(number));
        if (opacity < 0.01) return;
        Span<double> corners = stackalloc double[2 * (Corners + 2)];
        (corners[0], corners[1]) = (x, y);
        for (int i = 0; i <= Corners; i++)
        {
            double angle = 2 * Math.PI * (action + ((double)i / Corners)) / scene.Mdp.Actions;
            (corners[2 * (i + 1)], corners[(2 * (i + 1)) + 1]) = (x + (Radius * Math.Sin(angle)), y - (Radius * Math.Cos(angle)));
        }

        svg.Polygon(corners, colour, opacity);
    }

    private string Label(int state)
    {
        string label = scene.Mdp.Description.StateLabels?[state] ?? FormattableString.Invariant($"{state}");
        return label.Length <= 12 ? label : string.Concat(label.AsSpan(0, 11), "…");
    }
}
