const link = await api.link('walk-17.heic')
await fetch(link, { method: 'PUT', headers: { 'Content-Type': file.type || 'application/octet-stream' }, body: file })
