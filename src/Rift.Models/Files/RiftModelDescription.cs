using System.Globalization;
using System.Text.Json;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>Names, map and notes in a <c>rift-model-1</c> file.</summary>
/// <remarks>
/// <c>labels</c>: <c>{"states": [S strings], "actions": [A strings]}</c>, either may be absent. <c>grid</c>: <c>{"map": [rows], "cells": [S integers]}</c>, the
/// cell <c>row * columns + column</c> of each state or -1. <c>notes</c>: a string. <c>x-name</c>, <c>x-evaluation-horizon</c> and <c>x-success</c>: what it is called, the steps
/// after which success is evaluated, and what success is, a list of <c>[s, a, probability that the episode ends in success]</c>; <c>x-aggregation</c>: the group of each state; readers that do not know them lose no mathematics.
/// </remarks>
internal static class RiftModelDescription
{
    private const string Name = "x-name", Horizon = "x-evaluation-horizon", Success = "x-success", Aggregation = "x-aggregation";

    internal static ModelDescription Read(Dictionary<string, JsonValue> members, int states, int actions)
    {
        Dictionary<string, JsonValue> labels = members.TryGetValue("labels", out JsonValue names) ? names.Members("states", "actions") : [];
        return new ModelDescription
        {
            Name = members.TryGetValue(Name, out JsonValue name) ? name.String() : null,
            StateLabels = labels.TryGetValue("states", out JsonValue stateNames) ? Strings(stateNames, states) : null,
            ActionLabels = labels.TryGetValue("actions", out JsonValue actionNames) ? Strings(actionNames, actions) : null,
            Grid = members.TryGetValue("grid", out JsonValue grid) ? ReadGrid(grid, states) : null,
            EvaluationHorizon = members.TryGetValue(Horizon, out JsonValue horizon) ? horizon.Integer(1, int.MaxValue) : null,
            Success = members.TryGetValue(Success, out JsonValue success) ? ReadSuccess(success, states, actions) : null,
            Aggregation = members.TryGetValue(Aggregation, out JsonValue groups) ? ReadGroups(groups, states) : null,
            Notes = members.TryGetValue("notes", out JsonValue notes) ? notes.String() : null,
        };
    }

    internal static void Write(Utf8JsonWriter json, ModelDescription description)
    {
        if (description.Name is { } name) json.WriteString(Name, name);
        if (description.EvaluationHorizon is int horizon) json.WriteNumber(Horizon, horizon);
        if (description.Success is { } success) WriteSuccess(json, success);
        if (description.Aggregation is { } groups)
        {
            json.WriteStartArray(Aggregation);
            foreach (int group in groups) json.WriteNumberValue(group);
            json.WriteEndArray();
        }

        if (description.Notes is { } notes) json.WriteString("notes", notes);
        if (description.StateLabels is not null || description.ActionLabels is not null)
        {
            json.WriteStartObject("labels");
            if (description.StateLabels is { } states) WriteStrings(json, "states", states);
            if (description.ActionLabels is { } actions) WriteStrings(json, "actions", actions);
            json.WriteEndObject();
        }

        if (description.Grid is not { } grid) return;
        json.WriteStartObject("grid");
        WriteStrings(json, "map", grid.Map);
        json.WriteStartArray("cells");
        foreach (int cell in grid.CellOfState) json.WriteNumberValue(cell);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static GridGeometry ReadGrid(JsonValue grid, int states)
    {
        Dictionary<string, JsonValue> members = grid.Members("map", "cells");
        if (!members.TryGetValue("map", out JsonValue map) || !members.TryGetValue("cells", out JsonValue cells)) throw grid.Error("found a grid without map or cells", "both");
        JsonValue[] rows = [.. map.Items("an array of rows")];
        if (rows.Length == 0 || rows[0].String("a row of cells").Length == 0) throw map.Error("found an empty map", "at least one cell");
        int columns = rows[0].String().Length;
        foreach (JsonValue row in rows)
            if (row.String("a row of cells").Length != columns) throw row.Error(string.Create(CultureInfo.InvariantCulture, $"a row of {columns} cells"));
        JsonValue[] cellOfState = cells.Items(states, string.Create(CultureInfo.InvariantCulture, $"an array of {states} cells"));
        return new GridGeometry([.. rows.Select(row => row.String())], [.. cellOfState.Select(cell => cell.Integer(-1, (rows.Length * columns) - 1, "a cell"))]);
    }

    private static int[] ReadGroups(JsonValue value, int states) =>
        Array.ConvertAll(value.Items(states, string.Create(CultureInfo.InvariantCulture, $"an array of {states} groups")), item => item.Integer(0, states - 1, "a group"));

    private static StateActionTable ReadSuccess(JsonValue value, int states, int actions)
    {
        double[] success = new double[states * actions];
        foreach (JsonValue item in value.Items("an array of [s, a, probability]"))
        {
            JsonValue[] entry = item.Items(3, "[s, a, probability]");
            int pair = (entry[0].Integer(0, states - 1, "a state") * actions) + entry[1].Integer(0, actions - 1, "an action");
            if (success[pair] != 0) throw item.Error(string.Create(CultureInfo.InvariantCulture, $"found state {pair / actions}, action {pair % actions} a second time"), "it once");
            success[pair] = entry[2].NonNegative("a probability from 0 to 1") is double p and <= 1 + TransitionKernel.RowSumTolerance ? p : throw entry[2].Error("a probability from 0 to 1");
        }

        return new StateActionTable(states, actions, success);
    }

    private static void WriteSuccess(Utf8JsonWriter json, StateActionTable success)
    {
        json.WriteStartArray(Success);
        for (int pair = 0; pair < success.Entries.Length; pair++)
        {
            if (success[pair] == 0) continue;
            json.WriteStartArray();
            json.WriteNumberValue(pair / success.Actions);
            json.WriteNumberValue(pair % success.Actions);
            json.WriteNumberValue(success[pair]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static string[] Strings(JsonValue value, int count) =>
        Array.ConvertAll(value.Items(count, string.Create(CultureInfo.InvariantCulture, $"an array of {count} strings")), item => item.String());

    private static void WriteStrings(Utf8JsonWriter json, string name, IReadOnlyList<string> strings)
    {
        json.WriteStartArray(name);
        foreach (string s in strings) json.WriteStringValue(s);
        json.WriteEndArray();
    }
}
